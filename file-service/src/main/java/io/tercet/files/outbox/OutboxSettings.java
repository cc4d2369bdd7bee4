package io.tercet.files.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `retryFirst`, doubled up to `retryMax`: the pause between attempts while chat-service does not
/// answer. `batch`: how many events are read at once.
@ConfigurationProperties("tercet.files.outbox")
public record OutboxSettings(Duration retryFirst, Duration retryMax, int batch) {
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
  }
}
