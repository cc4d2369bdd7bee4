package io.tercet.files.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// Limits of the database. `readers`: threads that read (1–16). `queueMax`: how many transactions
/// may wait; more are refused. `waitMax`: how long one waits for its turn. `busyTimeout`: how long
/// SQLite waits for a lock. `ballast`: disk space that is kept for deletions; 0 keeps none.
@ConfigurationProperties("tercet.files.database")
public record DatabaseSettings(
    int readers, int queueMax, Duration waitMax, Duration busyTimeout, DataSize ballast) {
  public DatabaseSettings {
    if (readers < 1 || readers > 16) {
      throw new IllegalArgumentException("readers must be 1 to 16, not " + readers);
    }
    if (queueMax < 1 || !waitMax.isPositive() || ballast.isNegative()) {
      throw new IllegalArgumentException(
          "queue-max and wait-max must be positive, and ballast not negative; not "
              + queueMax
              + ", "
              + waitMax
              + " and "
              + ballast);
    }
  }
}
