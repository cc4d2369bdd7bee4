package io.tercet.lab.comparison;

/// One model under one scenario.
///
/// @param connections that were asked for; for [Scenario#SLOW], the slow ones
public record Trial(String model, Scenario scenario, int connections, Outcome outcome) {

  /// What came of it.
  public sealed interface Outcome permits Measurement, Skipped {}

  /// It was not tried.
  ///
  /// @param reason one sentence
  public record Skipped(String reason) implements Outcome {}
}
