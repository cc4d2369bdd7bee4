package io.tercet.files.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// Limits of the database. `readers`: threads that read (1–16). `queueMax`: how many transactions
/// may wait; more are refused. `busyTimeout`: how long SQLite waits for a lock.
@ConfigurationProperties("tercet.files.database")
public record DatabaseSettings(int readers, int queueMax, Duration busyTimeout) {
  public DatabaseSettings {
    if (readers < 1 || readers > 16) {
      throw new IllegalArgumentException("readers must be 1 to 16, not " + readers);
    }
    if (queueMax < 1) {
      throw new IllegalArgumentException("queue-max must be at least 1, not " + queueMax);
    }
  }
}
