package io.tercet.files.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `retryFirst`, doubled up to `retryMax`: the pause between attempts while chat-service does not
/// answer. `batch`: how many events are read at once. `fileWindow`: how long a room hears nothing
/// new of a file that it just heard of. `personBurst`: how many events of one person go at once;
/// behind them one each `personPause`. `delayMax`: how long an event may wait for that; the room
/// hears nothing of files that would wait longer.
@ConfigurationProperties("tercet.files.outbox")
public record OutboxSettings(
    Duration retryFirst,
    Duration retryMax,
    int batch,
    Duration fileWindow,
    int personBurst,
    Duration personPause,
    Duration delayMax) {
  public OutboxSettings {
    if (!retryFirst.isPositive() || retryMax.compareTo(retryFirst) < 0 || batch < 1) {
      throw new IllegalArgumentException(
          "needs 0 < retry-first <= retry-max and batch >= 1, not "
              + retryFirst
              + ", "
              + retryMax
              + ", "
              + batch);
    }
    if (fileWindow.isNegative()
        || personBurst < 1
        || personPause.isNegative()
        || delayMax.isNegative()) {
      throw new IllegalArgumentException(
          "needs person-burst >= 1, and file-window, person-pause and delay-max not negative");
    }
  }
}
