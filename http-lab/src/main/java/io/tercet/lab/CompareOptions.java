package io.tercet.lab;

import io.tercet.http.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// The options of the command `compare`.
///
/// @param out the report
/// @param models that are compared, in the order that was named
/// @param connections for how many connections
/// @param time that each figure is measured
record CompareOptions(
    Path out, List<Settings.Model> models, List<Integer> connections, Duration time) {
  private static final int CONNECTIONS_MAX = 20_000;
  private static final int COUNTS_MAX = 8;
  private static final double SECONDS_MAX = 60;

  /// Copies the lists.
  CompareOptions {
    models = List.copyOf(models);
    connections = List.copyOf(connections);
  }

  /// Reads the words behind `compare`.
  ///
  /// @throws IllegalArgumentException naming what is wrong
  static CompareOptions read(Deque<String> words) {
    Path out = Path.of("report.html");
    List<Settings.Model> models = List.of(Settings.Model.values());
    List<Integer> connections = List.of(10, 100, 1_000, 10_000);
    Duration time = Duration.ofSeconds(1);
    while (!words.isEmpty()) {
      String word = words.removeFirst();
      int equals = word.indexOf('=');
      String name = word.startsWith("--") && equals > 0 ? word.substring(0, equals) : word;
      switch (name) {
        case "--out" -> out = Path.of(value(word, equals, words));
        case "--models" -> models = models(value(word, equals, words));
        case "--connections" -> connections = counts(value(word, equals, words));
        case "--seconds" -> time = time(value(word, equals, words));
        default -> throw new IllegalArgumentException("what is " + word + " to compare?");
      }
    }
    return new CompareOptions(out, models, connections, time);
  }

  /// The value behind `=`, or the next word.
  private static String value(String word, int equals, Deque<String> rest) {
    if (equals > 0) {
      return word.substring(equals + 1);
    }
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(word + " wants a value");
    }
    return rest.removeFirst();
  }

  private static List<Settings.Model> models(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(word ->
            Settings.Model.of(word)
                .orElseThrow(() -> new IllegalArgumentException("there is no model " + word)))
        .distinct()
        .toList();
  }

  private static List<Integer> counts(String text) {
    if (!text.matches("[0-9]{1,5}(,[0-9]{1,5}){0,%d}".formatted(COUNTS_MAX - 1))) {
      throw new IllegalArgumentException("--connections wants numbers such as 10,100, not " + text);
    }
    List<Integer> counts =
        Arrays.stream(text.split(",", -1)).map(Integer::valueOf).sorted().distinct().toList();
    if (counts.getFirst() < 1 || counts.getLast() > CONNECTIONS_MAX) {
      throw new IllegalArgumentException("connections are 1 to " + CONNECTIONS_MAX);
    }
    return counts;
  }

  private static Duration time(String text) {
    double seconds = text.matches("[0-9]{1,2}(\\.[0-9]{1,3})?") ? Double.parseDouble(text) : 0;
    if (seconds < 0.1 || seconds > SECONDS_MAX) {
      throw new IllegalArgumentException("--seconds is 0.1 to 60, not " + text);
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
