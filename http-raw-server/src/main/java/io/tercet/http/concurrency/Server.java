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

/// Owns the listening sockets and runs a model on them, and another one when it is told to. The
/// sockets outlive every model, so that no queued connection is lost when one takes over.
///
/// Threading: [#swap] and [#stop] exclude each other; the rest by anybody.
public final class Server implements AutoCloseable {
  /// Models that may still have connections to finish while another one accepts.
  static final int RETIRED_MAX = 16;

  /// How long after a stop models may still take what is queued. Whoever comes later is refused at
  /// once, by the system, and need not wait for others to finish.
  private static final Duration LAST_ACCEPT = Duration.ofMillis(100);

  /// How long past its time a stop waits for models whose handlers do not return: nobody can end a
  /// thread that is in one. Enough for a process that is stuck in one to be killed.
  private static final Duration HANDLERS_MAX = Duration.ofSeconds(3);

  private final Starting starting = new Starting();
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

  /// Lets another model accept from now on. What is queued goes to it; the connections of the one
  /// before are served by that until they end.
  ///
  /// @throws IOException if the other cannot start, too many before it have not finished yet, or
  ///     the server has stopped; then nothing has changed
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

  /// Stops to accept, lets what has begun finish for so long, in all models at the same time, and
  /// closes everything. The second call finds nothing left to stop, and a model that is starting
  /// gives up.
  ///
  /// A handler that has not returned 3 s after that is left alone, and so is what its model uses:
  /// the listeners refuse, but stay open.
  ///
  /// @return whether everything finished in time
  public boolean stop(Duration drain) {
    starting.giveUp();
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
  private static boolean isOver(CountDownLatch left, Duration patience) {
    try {
      return left.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Whether a model that was retired has nothing left to do; then it lets go of everything.
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
