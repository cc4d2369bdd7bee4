package io.tercet.files.datafolder;

/// The service cannot start, for a reason that an operator can mend; the message says how, in a
/// line.
public final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StartRefused(String whatToDo) {
    super(whatToDo);
  }
}
