package io.tercet.launcher.run;

import io.tercet.launcher.service.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/// When a service that died is started again: at once, then after 1, 2 and 4 seconds. Its fifth
/// death within a minute ends the run.
final class RestartPolicy {

  private static final int DEATHS_MAX = 5;
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Map<Service, Deque<Instant>> deaths = new EnumMap<>(Service.class);

  /// What to do about a death.
  sealed interface Decision {

    /// Start it again after this time.
    record Restart(Duration delay) implements Decision {}

    /// It has died so often within a minute that the run ends.
    record GiveUp(int deaths) implements Decision {}
  }

  /// Notes a death and decides.
  Decision afterDeath(Service service, Instant now) {
    Deque<Instant> recent = deaths.computeIfAbsent(service, _ -> new ArrayDeque<>());
    recent.removeIf(death -> !death.plus(REMEMBERED).isAfter(now));
    recent.add(now);
    int count = recent.size();
    return count >= DEATHS_MAX
        ? new Decision.GiveUp(count)
        : new Decision.Restart(Duration.ofSeconds((1L << (count - 1)) / 2));
  }
}
