package io.tercet.chat.replica;

import io.micrometer.core.instrument.MockClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Lives as Valkey keeps them, by a clock that tests set.
final class MemoryLives implements LifeStore {

  private final MockClock clock;
  private final Duration silenceMax;
  private final Map<String, Long> heardNanos = new HashMap<>();
  boolean away;

  MemoryLives(MockClock clock, Duration silenceMax) {
    this.clock = clock;
    this.silenceMax = silenceMax;
  }

  @Override
  public Answer tell(Beat beat) {
    if (away) {
      throw new IllegalStateException("away");
    }
    long now = clock.monotonicTime();
    heardNanos.values().removeIf(heard -> now - heard >= silenceMax.toNanos());
    boolean forgotten = !beat.begins() && !heardNanos.containsKey(beat.life());
    if (!forgotten) {
      heardNanos.put(beat.life(), now);
    }
    if (beat.ended() != null) {
      heardNanos.remove(beat.ended());
    }
    return new Answer(forgotten, Set.copyOf(heardNanos.keySet()));
  }

  void loseEverything() {
    heardNanos.clear();
  }

  void pass(Duration time) {
    clock.add(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
