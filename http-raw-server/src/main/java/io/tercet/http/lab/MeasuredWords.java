package io.tercet.http.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was measured of a model, in a sentence or two.
final class MeasuredWords {
  private MeasuredWords() {}

  static String of(String model, Results results) {
    List<String> sentences = new ArrayList<>();
    List<Integer> counts =
        results.connections(Scenario.SMALL).stream()
            .filter(count -> results.at(model, Scenario.SMALL, count).isPresent())
            .toList();
    if (counts.isEmpty()) {
      return "Nothing was measured.";
    }
    Measurement few = results.at(model, Scenario.SMALL, counts.getFirst()).orElseThrow();
    Measurement many = results.at(model, Scenario.SMALL, counts.getLast()).orElseThrow();
    sentences.add(
        "Measured: %s requests/s at %s connections, %s at %s; %s and %s µs of processor time each."
            .formatted(
                Html.figure(few.perSecond()),
                Html.figure(counts.getFirst()),
                Html.figure(many.perSecond()),
                Html.figure(counts.getLast()),
                Html.figure(few.cpuMicros()),
                Html.figure(many.cpuMicros())));
    sentences.add(
        "A connection took %s KiB, %s threads and %s descriptors."
            .formatted(
                Html.figure(many.memoryKibPerConnection()),
                Html.figure(many.threadsPerConnection()),
                Html.figure(many.descriptorsPerConnection())));
    if (many.service().starved() > 0) {
      sentences.add(
          "Of %s clients %s got no answer at all while it was measured."
              .formatted(
                  Html.figure(many.service().connected()),
                  Html.figure((double) many.service().starved())));
    }
    most(model, Scenario.SLOW, results)
        .ifPresent(count ->
            sentences.add(
                "Beside %s slow clients the ten quick ones got %s requests/s."
                    .formatted(
                        Html.figure(count), perSecond(model, Scenario.SLOW, count, results))));
    most(model, Scenario.WAIT, results)
        .ifPresent(count ->
            sentences.add(
                "With the handler that waits: %s requests/s at %s connections."
                    .formatted(
                        perSecond(model, Scenario.WAIT, count, results), Html.figure(count))));
    return String.join(" ", sentences);
  }

  /// A text in which `{cores}` stands for how many the machine has.
  static String withCores(String text, int cores) {
    return text.replace("{cores}", cores == 1 ? "1 core" : cores + " cores");
  }

  /// The most connections at which it was measured.
  private static Optional<Integer> most(String model, Scenario scenario, Results results) {
    return results.connections(scenario).reversed().stream()
        .filter(count -> results.at(model, scenario, count).isPresent())
        .findFirst();
  }

  private static String perSecond(
      String model, Scenario scenario, int connections, Results results) {
    return Html.figure(results.at(model, scenario, connections).orElseThrow().perSecond());
  }
}
