package io.tercet.http.lab;

import java.time.Duration;
import java.util.List;

/// What is to be compared.
///
/// @param subjects the models, in the order of the report
/// @param connections for how many connections, ascending
/// @param time that each is measured
public record Plan(List<Subject> subjects, List<Integer> connections, Duration time) {
  /// Copies the lists.
  public Plan {
    subjects = List.copyOf(subjects);
    connections = connections.stream().sorted().distinct().toList();
  }

  /// One model.
  ///
  /// @param model its name on the command line
  /// @param connectionsMax how many connections it is tried with
  /// @param slowMax how many of them may be slow
  /// @param reason why no more
  public record Subject(String model, int connectionsMax, int slowMax, String reason) {
    /// A model without a limit of its own.
    public static Subject unlimited(String model) {
      return new Subject(model, Integer.MAX_VALUE, Integer.MAX_VALUE, "");
    }

    /// How many connections it is tried with, of this traffic.
    int max(Scenario scenario) {
      return scenario == Scenario.SLOW ? Math.min(slowMax, connectionsMax) : connectionsMax;
    }
  }
}
