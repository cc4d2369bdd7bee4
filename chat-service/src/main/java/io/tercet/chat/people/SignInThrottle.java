package io.tercet.chat.people;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Limits failed sign-ins for a name from one address, and from one address over all names. So
/// guessing is slow, and nobody can lock a person out from another address.
///
/// An attempt counts as failed when it begins; success takes it back. So parallel attempts count,
/// too. Guarded by itself. It keeps at most [#KEYS_MAX] counters and drops the oldest.
@Component
class SignInThrottle {

  static final int KEYS_MAX = 20_000;

  private final PeopleSettings settings;
  private final InstantSource clock;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > KEYS_MAX;
        }
      };

  private record Count(int failures, Instant until) {}

  SignInThrottle(PeopleSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Counts an attempt. Throws `too-many-attempts` when the limit is reached.
  synchronized void begin(String nameKey, String address) {
    Instant now = clock.instant();
    if (failures(pair(nameKey, address), now) >= settings.attemptsMax()
        || failures(address, now) >= settings.attemptsPerAddressMax()) {
      throw new ProblemException(
          ProblemType.TOO_MANY_ATTEMPTS,
          "Wait " + describe(settings.attemptsWindow()) + " before trying again.");
    }
    add(pair(nameKey, address), 1, now);
    add(address, 1, now);
  }

  synchronized void succeeded(String nameKey, String address) {
    Instant now = clock.instant();
    counts.remove(pair(nameKey, address));
    add(address, -1, now);
  }

  private int failures(String key, Instant now) {
    Count count = counts.get(key);
    return count == null || !now.isBefore(count.until()) ? 0 : count.failures();
  }

  private void add(String key, int change, Instant now) {
    int failures = Math.max(0, failures(key, now) + change);
    Count old = counts.get(key);
    Instant until =
        old != null && now.isBefore(old.until())
            ? old.until()
            : now.plus(settings.attemptsWindow());
    counts.put(key, new Count(failures, until));
  }

  private static String pair(String nameKey, String address) {
    return nameKey + ' ' + address;
  }

  private static String describe(Duration window) {
    return window.toMinutes() > 0
        ? window.toMinutes() + " minutes"
        : window.toSeconds() + " seconds";
  }
}
