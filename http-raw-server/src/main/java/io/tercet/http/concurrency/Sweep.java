package io.tercet.http.concurrency;

import io.tercet.http.connection.ConnectionLimits;

/// When to look at the deadlines of all connections.
///
/// A look at ten thousand deadlines takes microseconds, so that every connection is looked at a few
/// times within the shortest deadline, and no timer is kept for any.
final class Sweep {
  private static final long LONGEST_NANOS = 500_000_000;
  private static final long SHORTEST_NANOS = 5_000_000;

  private final long intervalNanos;
  private long next;

  Sweep(ConnectionLimits deadlines, long now) {
    long quarter = deadlines.shortest().toNanos() / 4;
    intervalNanos = Math.clamp(quarter, SHORTEST_NANOS, LONGEST_NANOS);
    next = now + intervalNanos;
  }

  /// Milliseconds until the next look, at least 1.
  int millisLeft(long now) {
    return (int) Math.max(1, (next - now) / 1_000_000);
  }

  /// Takes the look that is due; false if none is. The next is an interval away.
  boolean takeDue(long now) {
    if (now - next < 0) {
      return false;
    }
    next = now + intervalNanos;
    return true;
  }
}
