package io.tercet.launcher.process;

import java.util.Map;

/// How a process ended.
///
/// @param status its exit code, or 128 and the number of the signal that ended it
public record Exit(int status) {

  private static final int SIGNALLED = 128;
  private static final int TERM = 15;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "HUP", 2, "INT", 3, "QUIT", 4, "ILL", 6, "ABRT", 7, "BUS", 9, "KILL", 11, "SEGV", 13,
          "PIPE", TERM, "TERM");

  /// Whether it ended because it was asked to.
  public boolean isTerminated() {
    return status == SIGNALLED + TERM;
  }

  /// For people: `signal KILL` or `exit code 1`.
  @Override
  public String toString() {
    int signal = status - SIGNALLED;
    return signal > 0
        ? "signal " + SIGNALS.getOrDefault(signal, Integer.toString(signal))
        : "exit code " + status;
  }
}
