package io.tercet.files.download;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Asks, now and then during a download, whether the reader may still read.
///
/// A chat-service that does not answer ends no download: nobody can leave a room meanwhile.
///
/// - Threading: confined.
final class AccessCheck implements Runnable {
  private final Runnable check;
  private final long pauseNanos;
  private final LongSupplier nanoClock;
  private long last;

  AccessCheck(Runnable check, Duration pause, LongSupplier nanoClock) {
    this.check = check;
    this.pauseNanos = pause.toNanos();
    this.nanoClock = nanoClock;
    this.last = nanoClock.getAsLong();
  }

  /// - Errors: `room-not-found` when the reader is no member any more.
  @Override
  public void run() {
    long now = nanoClock.getAsLong();
    if (now - last < pauseNanos) {
      return;
    }
    last = now;
    try {
      check.run();
    } catch (ProblemException e) {
      if (e.type() != ProblemType.SERVICE_UNAVAILABLE) {
        throw e;
      }
    }
  }
}
