package io.tercet.files.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Tells when the sweeper ran well for the last time; "down" if it missed many turns.
///
/// The service is ready all the same: it only does not give space back.
@Component("sweep")
class SweepHealth implements HealthIndicator {
  private static final int PAUSES_MAX = 30;
  private static final Duration SILENCE_MIN = Duration.ofMinutes(5);

  private final Sweeper sweeper;
  private final Duration silenceMax;
  private final Clock clock;

  SweepHealth(Sweeper sweeper, SweepSettings settings, Clock clock) {
    this.sweeper = sweeper;
    Duration pauses = settings.pause().multipliedBy(PAUSES_MAX);
    this.silenceMax = pauses.compareTo(SILENCE_MIN) > 0 ? pauses : SILENCE_MIN;
    this.clock = clock;
  }

  @Override
  public Health health() {
    Instant last = sweeper.lastRun();
    boolean runs = !clock.instant().isAfter(last.plus(silenceMax));
    return (runs ? Health.up() : Health.down()).withDetail("lastRun", last.toString()).build();
  }
}
