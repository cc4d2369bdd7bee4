package io.tercet.lab.comparison;

import java.time.Duration;
import java.util.List;

/// What is to be compared.
///
/// @param candidates the models, in the order of the report
/// @param connections for how many connections, ascending
/// @param time that each is measured
public record ComparisonPlan(List<Candidate> candidates, List<Integer> connections, Duration time) {
  /// Copies the lists.
  public ComparisonPlan {
    candidates = List.copyOf(candidates);
    connections = connections.stream().sorted().distinct().toList();
  }

  /// One model.
  ///
  /// @param model its name on the command line
  /// @param connectionsMax how many connections it is tried with
  /// @param slowMax how many of them may be slow
  /// @param reason why no more
  public record Candidate(String model, int connectionsMax, int slowMax, String reason) {
    /// A model without a limit of its own.
    public static Candidate unlimited(String model) {
      return new Candidate(model, Integer.MAX_VALUE, Integer.MAX_VALUE, "");
    }

    /// How many connections it is tried with in this scenario.
    int max(Scenario scenario) {
      return scenario == Scenario.SLOW ? Math.min(slowMax, connectionsMax) : connectionsMax;
    }
  }
}
