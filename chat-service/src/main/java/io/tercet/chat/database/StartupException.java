package io.tercet.chat.database;

/// The service cannot start, for a reason that an operator can fix. The message says how, in one
/// line.
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupException(String whatToDo) {
    super(whatToDo);
  }
}
