package io.tercet.http.program;

/// The program cannot start; the message says in one line what the operator has to change.
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /// @param line what to change
  public StartException(String line) {
    super(line);
  }
}
