package io.tercet.lab.comparison;

import io.tercet.lab.proc.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that a comparison has found.
///
/// @param when it ended
/// @param commit of the source, or "unknown"
/// @param command that repeats it
/// @param seconds that each trial was measured
/// @param overflow what became of connections that nobody accepted, if that was tried
public record ComparisonResults(
    Machine machine,
    Instant when,
    String commit,
    String command,
    double seconds,
    List<Trial> trials,
    Optional<AcceptQueueOverflow> overflow) {
  /// Copies the trials.
  public ComparisonResults {
    trials = List.copyOf(trials);
  }

  /// The models, in the order of the report.
  public List<String> models() {
    return trials.stream().map(Trial::model).distinct().toList();
  }

  /// The numbers of connections of this scenario's trials, ascending.
  public List<Integer> connections(Scenario scenario) {
    return of(scenario).map(Trial::connections).distinct().sorted().toList();
  }

  /// What was measured of a model with so many connections, if anything was.
  public Optional<Measurement> at(String model, Scenario scenario, int connections) {
    return of(scenario)
        .filter(trial -> trial.model().equals(model) && trial.connections() == connections)
        .map(Trial::outcome)
        .filter(Measurement.class::isInstance)
        .map(Measurement.class::cast)
        .findFirst();
  }

  /// The trials of this scenario.
  public Stream<Trial> of(Scenario scenario) {
    return trials.stream().filter(trial -> trial.scenario() == scenario);
  }
}
