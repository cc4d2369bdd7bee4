package io.tercet.files.datafolder;

/// The service cannot start, for a reason that an operator can mend; the message says how, in a
/// line.
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartupException(String whatToDo) {
    super(whatToDo);
  }
}
