package io.tercet.http.concurrency;

import io.tercet.http.buffer.WorkspacePool;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Waiter;
import java.util.concurrent.atomic.AtomicInteger;

/// Serves a connection from its first byte to its last on the thread that asks, which waits
/// whenever the connection does: the plainest way to write a server, and one thread for each
/// connection.
///
/// Threading: any number of threads serve at once. Whoever accepts has it from the start, each
/// connection that another thread serves since it [#enter]ed; the last of them to [#close] it lets
/// go of what it waits with.
final class Attendance implements AutoCloseable {
  private final AtomicInteger users = new AtomicInteger(1);
  private final Waiter waiter;
  private final Admission admission;
  private final WorkspacePool workspaces;
  private volatile long stopBy;
  private volatile boolean cut;

  Attendance(Network network, ServerContext protocol, Admission admission) {
    this.waiter = network.waiter();
    this.admission = admission;
    this.workspaces = new WorkspacePool(protocol.limits());
  }

  /// One more has it, until that closes it.
  void enter() {
    users.incrementAndGet();
  }

  /// Serves until the connection is over, or was not in time at a stop.
  void serve(Session session) {
    try {
      session.beginNow(System.nanoTime());
      int what = 0;
      while (true) {
        Session.Outcome outcome =
            admission.turn(session, workspaces.borrow(), what, System.nanoTime());
        if (outcome == Session.Outcome.OVER) {
          return;
        }
        // Read before the wait: whoever has seen the stop must not be woken by it once more.
        boolean stopping = admission.isStopping();
        long now = session.turnEnded();
        if (stopping && now - stopBy >= 0) {
          cut = true;
          return;
        }
        what =
            outcome == Session.Outcome.AGAIN
                ? 0
                : waiter.await(session.socket(), session.wants(), left(session, now), !stopping);
      }
    } finally {
      admission.end(session);
    }
  }

  /// Lets everybody finish until then. Those who wait are woken.
  void stop(long until) {
    stopBy = until;
    admission.stop();
    waiter.release();
  }

  /// One of those that have it needs it no more.
  @Override
  public void close() {
    if (users.decrementAndGet() == 0) {
      waiter.close();
      workspaces.clear();
    }
  }

  /// Whether somebody was cut off.
  boolean hasCut() {
    return cut;
  }

  private int left(Session session, long now) {
    long nanos = session.deadline() - now;
    if (admission.isStopping()) {
      nanos = Math.min(nanos, stopBy - now);
    }
    return (int) Math.max(1, Math.min(nanos / 1_000_000 + 1, 60_000));
  }
}
