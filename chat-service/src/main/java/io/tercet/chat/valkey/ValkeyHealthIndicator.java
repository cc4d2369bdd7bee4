package io.tercet.chat.valkey;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/// Health is `DEGRADED` while Valkey is away: replicas hear each other later, and the service is
/// ready all the same.
@Component
class ValkeyHealthIndicator implements HealthIndicator {

  private static final Status DEGRADED = new Status("DEGRADED");

  private final Valkey valkey;

  ValkeyHealthIndicator(Valkey valkey) {
    this.valkey = valkey;
  }

  @Override
  public Health health() {
    if (!valkey.isShared()) {
      return Health.up().withDetail("shared", false).build();
    }
    return valkey.isConnected()
        ? Health.up().withDetail("shared", true).build()
        : Health.status(DEGRADED).withDetail("problem", valkey.problem()).build();
  }
}
