package io.tercet.http.settings;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `--limit NAME=VALUE` has assigned, each until it is taken. Confined to one thread.
final class LimitAssignments {
  private static final long MILLIS_MAX = Duration.ofMinutes(1_000_000).toMillis();

  private final Map<String, String> left;

  LimitAssignments(Map<String, String> values) {
    left = new LinkedHashMap<>(values);
  }

  /// The whole number of this name.
  ///
  /// @throws IllegalArgumentException if it is none from `min` to `max`
  int whole(String name, int otherwise, int min, int max) {
    String value = left.remove(name);
    if (value == null) {
      return otherwise;
    }
    long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : -1;
    if (number < min || number > max) {
      throw new IllegalArgumentException("%s is %d to %d, not %s".formatted(name, min, max, value));
    }
    return (int) number;
  }

  /// The time of this name: digits and `ms`, `s` or `m`.
  ///
  /// @throws IllegalArgumentException if it is none from 1 ms to 1,000,000 minutes
  Duration time(String name, Duration otherwise) {
    String value = left.remove(name);
    if (value == null) {
      return otherwise;
    }
    long millis = millis(value);
    if (millis < 1 || millis > MILLIS_MAX) {
      throw new IllegalArgumentException(
          "%s is 1ms to 1000000m, such as 10s, not %s".formatted(name, value));
    }
    return Duration.ofMillis(millis);
  }

  /// Says which is left, because there is nothing of that name.
  void checkEmpty() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("there is no limit " + left.keySet().iterator().next());
    }
  }

  /// -1 for what is no time.
  private static long millis(String value) {
    if (!value.matches("[0-9]{1,11}(ms|s|m)")) {
      return -1;
    }
    long number = Long.parseLong(value.replaceAll("[a-z]", ""));
    if (value.endsWith("ms")) {
      return number;
    }
    return number * (value.endsWith("s") ? 1_000 : 60_000);
  }
}
