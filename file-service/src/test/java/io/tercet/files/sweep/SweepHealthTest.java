package io.tercet.files.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class SweepHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private static SweepHealth after(Duration silence) {
    Sweeper sweeper = mock(Sweeper.class);
    when(sweeper.lastRun()).thenReturn(NOW.minus(silence));
    SweepSettings settings =
        new SweepSettings(Duration.ofSeconds(10), 1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    return new SweepHealth(sweeper, settings, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void tellsWhenTheSweeperRan() {
    assertThat(after(Duration.ofSeconds(10)).health().getDetails())
        .containsEntry("lastRun", "2026-11-29T11:59:50Z");
  }

  @Test
  void isDownIfTheSweeperMissedManyTurns() {
    assertThat(after(Duration.ofSeconds(300)).health().getStatus()).isEqualTo(Status.UP);
    assertThat(after(Duration.ofSeconds(301)).health().getStatus()).isEqualTo(Status.DOWN);
  }
}
