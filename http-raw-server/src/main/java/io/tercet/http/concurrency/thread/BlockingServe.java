package io.tercet.http.concurrency.thread;

import io.tercet.http.buffer.WorkspacePool;
import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Waiter;
import java.util.concurrent.atomic.AtomicInteger;

/// Serves a connection from its first byte to its last on the calling thread, which waits whenever
/// the socket would block. The plainest way to write a server, at the price of a thread for each
/// connection.
///
/// Threading: any number of threads serve at once. It counts its users: the thread that accepts is
/// one from the start, and each connection that another thread serves is one after [#retain]. The
/// last [#close] frees what it waits with.
final class BlockingServe implements AutoCloseable {
  private final AtomicInteger users = new AtomicInteger(1);
  private final Waiter waiter;
  private final AdmissionControl admission;
  private final WorkspacePool workspaces;
  private volatile long stopBy;
  private volatile boolean cutOff;

  BlockingServe(Network network, ServerContext context, AdmissionControl admission) {
    this.waiter = network.waiter();
    this.admission = admission;
    this.workspaces = new WorkspacePool(context.limits());
  }

  /// Counts one more user, until that calls [#close].
  void retain() {
    users.incrementAndGet();
  }

  /// Serves until the connection is finished, or until the time of a stop is over.
  void serve(ServerConnection connection) {
    try {
      connection.startDeadline(System.nanoTime());
      int what = 0;
      while (true) {
        ServerConnection.Outcome outcome =
            admission.turn(connection, workspaces.borrow(), what, System.nanoTime());
        if (outcome == ServerConnection.Outcome.FINISHED) {
          return;
        }
        // Read before the wait: a thread that has seen the stop must not be woken by it again.
        boolean stopping = admission.isStopping();
        long now = connection.turnEndedAt();
        if (stopping && now - stopBy >= 0) {
          cutOff = true;
          return;
        }
        what =
            outcome == ServerConnection.Outcome.YIELDED
                ? 0
                : waiter.await(
                    connection.socket(),
                    connection.interest(),
                    millisLeft(connection, now),
                    !stopping);
      }
    } finally {
      admission.close(connection);
    }
  }

  /// Wakes all threads that wait, and lets their connections finish until then.
  void stop(long until) {
    stopBy = until;
    admission.stop();
    waiter.release();
  }

  /// Counts one user less.
  @Override
  public void close() {
    if (users.decrementAndGet() == 0) {
      waiter.close();
      workspaces.clear();
    }
  }

  /// Whether a connection was cut off.
  boolean hasCutOff() {
    return cutOff;
  }

  private int millisLeft(ServerConnection connection, long now) {
    long nanos = connection.deadline() - now;
    if (admission.isStopping()) {
      nanos = Math.min(nanos, stopBy - now);
    }
    return (int) Math.max(1, Math.min(nanos / 1_000_000 + 1, 60_000));
  }
}
