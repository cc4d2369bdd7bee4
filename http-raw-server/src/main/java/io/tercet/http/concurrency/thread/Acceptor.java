package io.tercet.http.concurrency.thread;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.RefusedConnections;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Waiter;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The thread that accepts, for a model whose other threads serve.
///
/// It answers 503 itself if no other thread takes a connection, and waits for nobody meanwhile.
///
/// Threading: everything but [#retire] and [#join] happens on its own thread.
final class Acceptor implements Runnable, AutoCloseable {
  private static final int WAIT_MILLIS_MAX = 10_000;

  /// How often it gives refused connections a turn, and tries a listener again.
  private static final int CHECK_MILLIS = 50;

  private static final long CHECK_NANOS = CHECK_MILLIS * 1_000_000L;

  private final List<Listener> listeners;
  private final Waiter waiter;
  private final AdmissionControl admission;
  private final int batch;
  private final Predicate<ServerConnection> handOff;
  private final Runnable onEnd;
  private final Workspace workspace;
  private final RefusedConnections refusals;
  private final Thread thread;
  private volatile boolean retired;

  /// @param waiter to be used by this acceptor alone, and closed by it
  /// @param batch how many connections it accepts before it looks whether it is retired
  /// @param handOff lets another thread serve the connection; false if none can
  /// @param onEnd is run after the last connection was accepted
  Acceptor(
      List<Listener> listeners,
      Waiter waiter,
      ServerContext context,
      AdmissionControl admission,
      int batch,
      Predicate<ServerConnection> handOff,
      Runnable onEnd) {
    this.listeners = listeners;
    this.waiter = waiter;
    this.admission = admission;
    this.batch = batch;
    this.handOff = handOff;
    this.onEnd = onEnd;
    this.workspace = new Workspace(context.limits());
    this.refusals = new RefusedConnections(admission, workspace);
    this.thread = Thread.ofPlatform().unstarted(this);
  }

  void start(String name) {
    thread.setName(name);
    thread.start();
  }

  /// Instead of being started.
  @Override
  public void close() {
    waiter.close();
  }

  /// Makes it stop accepting, soon.
  void retire() {
    retired = true;
    waiter.release();
  }

  /// Waits until it has stopped accepting and the last refused connection is closed.
  void join() throws InterruptedException {
    thread.join();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  @Override
  public void run() {
    boolean paused = false;
    long checkedAt = System.nanoTime();
    while (!retired) {
      boolean checks = paused || !refusals.isEmpty();
      waiter.await(paused ? List.of() : listeners, checks ? CHECK_MILLIS : WAIT_MILLIS_MAX);
      long now = System.nanoTime();
      if (now - checkedAt >= CHECK_NANOS) {
        refusals.advance();
        checkedAt = now;
      }
      paused = false;
      for (Listener listener : listeners) {
        paused |=
            !retired && !admission.acceptQueued(listener, workspace, batch, this::handOffOrRefuse);
      }
    }
    waiter.close();
    finishRefusals();
    onEnd.run();
  }

  /// The answers 503 may still be on their way; only a stop does not wait for them.
  private void finishRefusals() {
    while (!refusals.isEmpty() && !admission.isStopping()) {
      LockSupport.parkNanos(CHECK_NANOS);
      refusals.advance();
    }
    refusals.closeAll();
  }

  private void handOffOrRefuse(ServerConnection connection) {
    if (connection.isRefused() || !handOff.test(connection)) {
      refusals.refuse(connection);
    }
  }
}
