package io.tercet.http.lab;

import io.tercet.http.proc.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Everything that a comparison has found.
///
/// @param when it ended
/// @param commit of the source, if that can be told
/// @param command that repeats it
/// @param seconds that each cell was measured
/// @param fullQueue what became of connections that nobody accepted, if that was tried
public record Results(
    Machine machine,
    Instant when,
    String commit,
    String command,
    double seconds,
    List<Cell> cells,
    Optional<FullQueue> fullQueue) {
  /// Copies the cells.
  public Results {
    cells = List.copyOf(cells);
  }

  /// The models, in their order.
  List<String> models() {
    return cells.stream().map(Cell::model).distinct().toList();
  }

  /// For how many connections there are cells of this kind, ascending.
  List<Integer> connections(Scenario scenario) {
    return of(scenario).map(Cell::connections).distinct().sorted().toList();
  }

  /// What was measured there, if anything was.
  Optional<Measurement> at(String model, Scenario scenario, int connections) {
    return of(scenario)
        .filter(cell -> cell.model().equals(model) && cell.connections() == connections)
        .map(Cell::outcome)
        .filter(Measurement.class::isInstance)
        .map(Measurement.class::cast)
        .findFirst();
  }

  Stream<Cell> of(Scenario scenario) {
    return cells.stream().filter(cell -> cell.scenario() == scenario);
  }
}
