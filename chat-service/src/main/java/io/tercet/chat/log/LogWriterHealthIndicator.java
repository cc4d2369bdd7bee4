package io.tercet.chat.log;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// The service is ready while the log has its writer.
@Component
class LogWriterHealthIndicator implements HealthIndicator {

  private final LogWriter writer;

  LogWriterHealthIndicator(LogWriter writer) {
    this.writer = writer;
  }

  @Override
  public Health health() {
    return (writer.isWriting() ? Health.up() : Health.down()).build();
  }
}
