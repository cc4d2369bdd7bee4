package io.tercet.lab.report;

import io.tercet.lab.comparison.ComparisonResults;
import io.tercet.lab.comparison.Measurement;
import io.tercet.lab.comparison.Scenario;
import io.tercet.lab.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was measured of a model, in a few sentences.
final class MeasuredSummary {
  private MeasuredSummary() {}

  static String of(String model, ComparisonResults results) {
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
                Numbers.significant(few.perSecond()),
                Numbers.significant(counts.getFirst()),
                Numbers.significant(many.perSecond()),
                Numbers.significant(counts.getLast()),
                Numbers.significant(few.cpuMicros()),
                Numbers.significant(many.cpuMicros())));
    sentences.add(
        "A connection took %s KiB, %s threads and %s descriptors."
            .formatted(
                Numbers.significant(many.memoryKibPerConnection()),
                Numbers.significant(many.threadsPerConnection()),
                Numbers.significant(many.descriptorsPerConnection())));
    if (many.load().starved() > 0) {
      sentences.add(
          "Of %s clients %s got no answer at all while it was measured."
              .formatted(
                  Numbers.significant(many.load().connected()),
                  Numbers.significant((double) many.load().starved())));
    }
    most(model, Scenario.SLOW, results)
        .ifPresent(count ->
            sentences.add(
                "Beside %s slow clients the ten quick ones got %s requests/s."
                    .formatted(
                        Numbers.significant(count),
                        perSecond(model, Scenario.SLOW, count, results))));
    most(model, Scenario.WAIT, results)
        .ifPresent(count ->
            sentences.add(
                "With the handler that waits: %s requests/s at %s connections."
                    .formatted(
                        perSecond(model, Scenario.WAIT, count, results),
                        Numbers.significant(count))));
    return String.join(" ", sentences);
  }

  /// A text in which `{cores}` stands for how many the machine has.
  static String withCores(String text, int cores) {
    return text.replace("{cores}", cores == 1 ? "1 core" : cores + " cores");
  }

  /// The most connections at which it was measured.
  private static Optional<Integer> most(
      String model, Scenario scenario, ComparisonResults results) {
    return results.connections(scenario).reversed().stream()
        .filter(count -> results.at(model, scenario, count).isPresent())
        .findFirst();
  }

  private static String perSecond(
      String model, Scenario scenario, int connections, ComparisonResults results) {
    return Numbers.significant(results.at(model, scenario, connections).orElseThrow().perSecond());
  }
}
