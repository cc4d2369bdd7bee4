package io.tercet.http.connection;

import org.jspecify.annotations.Nullable;

/// What a conversation waits for, and until when.
///
/// The time starts again when the conversation waits for something else, or has made progress.
///
/// Threading: confined to its conversation. Time is `System.nanoTime` of the caller.
final class DeadlineTimer {
  private final ConnectionLimits limits;
  private WaitReason reason;
  private long deadline;

  DeadlineTimer(ConnectionLimits limits, WaitReason first) {
    this.limits = limits;
    reason = first;
  }

  /// Starts the time for the current reason.
  void start(long now) {
    deadline = now + reason.limit(limits).toNanos();
  }

  /// Sets the reason of the next wait.
  ///
  /// @param progressed whether the last wait was of use
  /// @param body the body that comes, if the conversation waits for one
  void waitFor(WaitReason next, boolean progressed, @Nullable RequestBodyReader body, long now) {
    boolean startsAgain = next != reason || progressed;
    reason = next;
    if (next == WaitReason.BODY && body != null) {
      deadline = body.deadline(now, limits);
    } else if (startsAgain) {
      start(now);
    }
  }

  WaitReason reason() {
    return reason;
  }

  long deadline() {
    return deadline;
  }
}
