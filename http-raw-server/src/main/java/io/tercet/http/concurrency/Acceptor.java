package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Waiter;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// The thread that accepts for a model whose other threads serve.
///
/// Whom nobody takes it refuses itself: with 503, and without waiting for anybody.
///
/// Threading: everything but [#retire] and [#join] happens on its own thread.
final class Acceptor implements Runnable, AutoCloseable {
  private static final int WAIT_MILLIS_MAX = 10_000;

  /// How often it looks after what it cannot wait for.
  private static final int LOOK_MILLIS = 50;

  private static final long LOOK_NANOS = LOOK_MILLIS * 1_000_000L;

  private final List<Listener> listeners;
  private final Waiter waiter;
  private final Admission admission;
  private final Predicate<Session> taker;
  private final Runnable ended;
  private final Workspace workspace;
  private final Refusals refusals;
  private final Thread thread;
  private volatile boolean retired;

  /// @param waiter to be used by this acceptor alone, and closed by it
  /// @param taker serves the session on another thread, or says no
  /// @param ended is run when nobody will be accepted any more
  Acceptor(
      List<Listener> listeners,
      Waiter waiter,
      ServerContext protocol,
      Admission admission,
      Predicate<Session> taker,
      Runnable ended) {
    this.listeners = listeners;
    this.waiter = waiter;
    this.admission = admission;
    this.taker = taker;
    this.ended = ended;
    this.workspace = new Workspace(protocol.limits());
    this.refusals = new Refusals(admission, workspace);
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

  /// Asks it to accept no more.
  void retire() {
    retired = true;
    waiter.release();
  }

  /// Waits until it accepts no more and refuses nobody.
  void join() throws InterruptedException {
    thread.join();
  }

  boolean isOver() {
    return !thread.isAlive();
  }

  @Override
  public void run() {
    boolean paused = false;
    long looked = System.nanoTime();
    while (!retired) {
      boolean looks = paused || !refusals.isEmpty();
      waiter.await(paused ? List.of() : listeners, looks ? LOOK_MILLIS : WAIT_MILLIS_MAX);
      long now = System.nanoTime();
      if (now - looked >= LOOK_NANOS) {
        refusals.look();
        looked = now;
      }
      paused = false;
      for (Listener listener : listeners) {
        paused |= !retired && !admission.accept(listener, workspace, this::hand);
      }
    }
    waiter.close();
    letRefusalsEnd();
    ended.run();
  }

  /// What is refused may still be on its way; only a stop does not wait for it.
  private void letRefusalsEnd() {
    while (!refusals.isEmpty() && !admission.isStopping()) {
      LockSupport.parkNanos(LOOK_NANOS);
      refusals.look();
    }
    refusals.end();
  }

  private void hand(Session session) {
    if (session.isRefused() || !taker.test(session)) {
      refusals.refuse(session);
    }
  }
}
