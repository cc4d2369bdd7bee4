package io.tercet.launcher.process;

/// Somebody asked the launcher to stop.
public final class StopRequestedException extends Exception {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  StopRequestedException(int exitCode) {
    super("stop requested", null, false, false);
    this.exitCode = exitCode;
  }

  /// The exit code of a launcher that had nothing to stop yet: 128 and the signal's number.
  public int exitCode() {
    return exitCode;
  }
}
