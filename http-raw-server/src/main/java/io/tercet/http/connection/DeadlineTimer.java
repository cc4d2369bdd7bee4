package io.tercet.http.connection;

import org.jspecify.annotations.Nullable;

/// What a conversation waits for, and until when.
///
/// Time begins anew when it waits for something else, or when something has come of the wait.
///
/// Threading: confined to its conversation. Time is `System.nanoTime` of the caller.
final class DeadlineTimer {
  private final ConnectionLimits deadlines;
  private WaitReason wait;
  private long deadline;

  DeadlineTimer(ConnectionLimits deadlines, WaitReason first) {
    this.deadlines = deadlines;
    wait = first;
  }

  /// The time for what it waits for begins now.
  void begin(long now) {
    deadline = now + wait.time(deadlines).toNanos();
  }

  /// From now on it waits for this.
  ///
  /// @param progressed whether something has come since it began to wait
  /// @param intake the body that it waits for, if it is that
  void waitsFor(WaitReason next, boolean progressed, @Nullable RequestBodyReader intake, long now) {
    boolean anew = next != wait || progressed;
    wait = next;
    if (next == WaitReason.BODY && intake != null) {
      deadline = intake.deadline(now, deadlines);
    } else if (anew) {
      begin(now);
    }
  }

  WaitReason awaited() {
    return wait;
  }

  long deadline() {
    return deadline;
  }
}
