package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Owns the listening sockets and runs a model on them, and another one when it is told to. The
/// sockets outlive every model, so that no queued connection is lost when one takes over.
///
/// Threading: [#swap] and [#stop] exclude each other; the rest by anybody.
public final class Server implements AutoCloseable {
  /// Models that may still have connections to finish while another one accepts.
  static final int RETIRED_MAX = 16;

  private final List<Listener> listeners;
  private final List<ConcurrencyModel> retired = new ArrayList<>();
  private volatile ConcurrencyModel model;
  private boolean stopped;

  private Server(List<Listener> listeners, ConcurrencyModel model) {
    this.listeners = listeners;
    this.model = model;
  }

  /// Listens and serves.
  ///
  /// @param loops number of listeners, among which the system spreads connections
  /// @param backlog connections that wait to be accepted, per listener
  public static Server start(
      Network network, InetSocketAddress address, int loops, int backlog, ConcurrencyModel model)
      throws IOException {
    List<Listener> listeners = network.listen(address, loops, backlog);
    try {
      model.start(listeners);
    } catch (IOException failure) {
      listeners.forEach(Listener::close);
      throw failure;
    }
    return new Server(listeners, model);
  }

  /// Where it listens, with the real port.
  public InetSocketAddress address() {
    return listeners.getFirst().address();
  }

  /// Which model accepts.
  public ConcurrencyModel model() {
    return model;
  }

  /// Lets another model accept from now on. What is queued goes to it; the connections of the one
  /// before are served by that until they end.
  ///
  /// @throws IOException if the other cannot start, too many before it have not finished yet, or
  ///     the server has stopped; then nothing has changed
  public synchronized void swap(ConcurrencyModel next) throws IOException {
    if (stopped) {
      throw new IOException("the server has stopped");
    }
    retired.removeIf(before -> before.isOver() && before.stop(Duration.ZERO));
    if (retired.size() >= RETIRED_MAX) {
      throw new IOException(
          RETIRED_MAX + " models before have not finished their connections yet; try again later");
    }
    next.start(listeners);
    model.retire();
    retired.add(model);
    model = next;
  }

  /// Stops to accept, lets what has begun finish for so long, closes everything. The second call
  /// finds nothing left to stop.
  ///
  /// @return whether everything finished in time
  public synchronized boolean stop(Duration drain) {
    if (stopped) {
      return true;
    }
    stopped = true;
    long until = System.nanoTime() + drain.toNanos();
    boolean all = model.stop(drain);
    for (ConcurrencyModel before : retired) {
      all &= before.stop(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }
    retired.clear();
    listeners.forEach(Listener::close);
    return all;
  }

  /// Stops without letting anything finish.
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
