package io.tercet.http.concurrency;

import io.tercet.http.connection.ConnectionLimits;

/// When a thread should scan the deadlines of all its connections.
///
/// To scan ten thousand takes microseconds. So there is no timer per connection; each deadline is
/// checked about four times within the shortest one.
///
/// Threading: confined to that thread.
public final class DeadlineScan {
  private static final long LONGEST_NANOS = 500_000_000;
  private static final long SHORTEST_NANOS = 5_000_000;

  private final long intervalNanos;
  private long next;

  /// @param now in nanoseconds of `System.nanoTime`
  public DeadlineScan(ConnectionLimits deadlines, long now) {
    long quarter = deadlines.shortest().toNanos() / 4;
    intervalNanos = Math.clamp(quarter, SHORTEST_NANOS, LONGEST_NANOS);
    next = now + intervalNanos;
  }

  /// Milliseconds until the next scan, at least 1.
  public int millisUntilNext(long now) {
    return (int) Math.max(1, (next - now) / 1_000_000);
  }

  /// Whether a scan is due; if so, it counts as done, and the next is an interval away.
  public boolean beginIfDue(long now) {
    if (now - next < 0) {
      return false;
    }
    next = now + intervalNanos;
    return true;
  }
}
