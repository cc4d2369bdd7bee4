package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Owns the listening sockets, runs a model on them, and swaps it for another on demand. The
/// sockets outlive every model, so no queued connection is lost in a swap.
///
/// Threading: any thread; [#swap] and [#stop] exclude each other.
public final class Server implements AutoCloseable {
  /// Models that may still have connections to finish while another one accepts.
  static final int RETIRED_MAX = 16;

  /// How long after a stop models still accept what is queued. After that the system refuses
  /// clients at once, and they do not wait for others to finish.
  private static final Duration LAST_ACCEPT = Duration.ofMillis(100);

  /// How long past its time a stop waits for handlers that do not return, because a thread cannot
  /// be ended from outside. Enough to kill a worker process that is stuck in one.
  private static final Duration HANDLERS_MAX = Duration.ofSeconds(3);

  private final ModelStarter starting = new ModelStarter();
  private final List<Listener> listeners;
  private final Duration lastAccept;
  private final List<ConcurrencyModel> retired = new ArrayList<>();
  private volatile ConcurrencyModel model;
  private boolean stopped;

  private Server(List<Listener> listeners, ConcurrencyModel model, Duration lastAccept) {
    this.listeners = listeners;
    this.model = model;
    this.lastAccept = lastAccept;
  }

  /// Listens and serves.
  ///
  /// @param count of listeners, among which the system spreads connections
  /// @param backlog connections that wait to be accepted, per listener
  public static Server start(
      Network network, InetSocketAddress address, int count, int backlog, ConcurrencyModel model)
      throws IOException {
    return start(network, address, count, backlog, model, LAST_ACCEPT);
  }

  /// The same.
  ///
  /// @param lastAccept how long after a stop models may still take what is queued
  static Server start(
      Network network,
      InetSocketAddress address,
      int count,
      int backlog,
      ConcurrencyModel model,
      Duration lastAccept)
      throws IOException {
    List<Listener> listeners = network.listen(address, count, backlog);
    Server server = new Server(listeners, model, lastAccept);
    try {
      server.starting.start(model, listeners);
    } catch (IOException failure) {
      listeners.forEach(Listener::close);
      throw failure;
    }
    return server;
  }

  /// Where it listens, with the real port.
  public InetSocketAddress address() {
    return listeners.getFirst().address();
  }

  /// Which model accepts.
  public ConcurrencyModel model() {
    return model;
  }

  /// Lets another model accept from now on. It gets the queued connections; the model before serves
  /// its own until they end.
  ///
  /// @throws IOException if the other cannot start, too many retired models still have connections,
  ///     or the server has stopped; then nothing has changed
  public synchronized void swap(ConcurrencyModel next) throws IOException {
    retired.removeIf(Server::isFinished);
    if (retired.size() >= RETIRED_MAX) {
      throw new IOException(
          RETIRED_MAX + " models before have not finished their connections yet; try again later");
    }
    starting.start(next, listeners);
    model.retire();
    retired.add(model);
    model = next;
  }

  /// Stops accepting, lets the requests that have begun finish within this time, in all models at
  /// once, and closes everything. A model that is starting is interrupted. A second call does
  /// nothing.
  ///
  /// A handler that has not returned 3 s after that time is left running, with what its model uses;
  /// then the listeners refuse connections, but stay open.
  ///
  /// @return whether every connection finished in time
  public boolean stop(Duration drain) {
    starting.abort();
    return stopAll(drain);
  }

  private synchronized boolean stopAll(Duration drain) {
    if (stopped) {
      return true;
    }
    stopped = true;
    List<ConcurrencyModel> models = new ArrayList<>(retired);
    models.add(model);
    AtomicBoolean all = new AtomicBoolean(true);
    CountDownLatch left = new CountDownLatch(models.size());
    for (ConcurrencyModel each : models) {
      Thread.ofVirtual()
          .name("stop-" + each.name())
          .start(() -> {
            boolean finished = false;
            try {
              finished = each.stop(drain);
            } finally {
              all.compareAndSet(true, finished);
              left.countDown();
            }
          });
    }
    boolean ended = isOver(left, lastAccept);
    if (!ended) {
      listeners.forEach(Listener::refuse);
      ended = isOver(left, drain.plus(HANDLERS_MAX));
    }
    retired.clear();
    if (ended) {
      listeners.forEach(Listener::close);
    }
    return ended && all.get();
  }

  /// Waits for so long; an interrupt ends the wait.
  private static boolean isOver(CountDownLatch left, Duration timeout) {
    try {
      return left.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whether a retired model has finished; then it is stopped, which frees what it holds.
  private static boolean isFinished(ConcurrencyModel before) {
    boolean over = before.isOver();
    if (over) {
      before.stop(Duration.ZERO);
    }
    return over;
  }

  /// Stops without letting anything finish.
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
