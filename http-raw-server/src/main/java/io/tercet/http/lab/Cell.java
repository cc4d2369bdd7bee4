package io.tercet.http.lab;

/// One model under one traffic.
///
/// @param connections that were asked for: for [Scenario#SLOW], those that trickle
public record Cell(String model, Scenario scenario, int connections, Outcome outcome) {

  /// What came of it.
  public sealed interface Outcome permits Measurement, Skipped {}

  /// It was not tried.
  ///
  /// @param reason one sentence
  public record Skipped(String reason) implements Outcome {}
}
