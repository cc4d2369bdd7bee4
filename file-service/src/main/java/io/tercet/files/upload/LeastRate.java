package io.tercet.files.upload;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.time.Duration;
import java.util.function.LongSupplier;

/// The least speed of an upload: an average over one window after the other.
///
/// It looks only when bytes arrive. Silence has a limit of its own in each protocol.
///
/// - Threading: confined.
final class LeastRate {
  private final long bytesPerWindow;
  private final Duration window;
  private final LongSupplier nanoClock;
  private long begin;
  private long bytes;

  LeastRate(UploadSettings settings, LongSupplier nanoClock) {
    this.window = settings.rateWindow();
    this.bytesPerWindow = settings.rateMin().toBytes() * window.toMillis() / 1000;
    this.nanoClock = nanoClock;
    this.begin = nanoClock.getAsLong();
  }

  /// - Errors: `request-timeout` if a window has passed with too few bytes.
  void received(int count) {
    bytes += count;
    long now = nanoClock.getAsLong();
    if (now - begin < window.toNanos()) {
      return;
    }
    if (bytes < bytesPerWindow) {
      throw new ProblemException(
          ProblemType.REQUEST_TIMEOUT,
          "Send at least " + bytesPerWindow + " bytes in " + window.toSeconds() + " s.");
    }
    begin = now;
    bytes = 0;
  }
}
