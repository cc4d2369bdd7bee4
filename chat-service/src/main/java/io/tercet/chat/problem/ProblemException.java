package io.tercet.chat.problem;

/// Somebody asked for what cannot be done. The detail is meant for them and says what to do; it
/// never holds a secret or a cause from inside.
///
/// It is an expected answer, not a fault: it has no stack trace and is not logged.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  public ProblemException(ProblemType type, String detail) {
    super(detail, null, false, false);
    this.type = type;
  }

  /// A refusal that has no more to say than its type's title.
  public ProblemException(ProblemType type) {
    this(type, type.title());
  }

  /// Which problem it is.
  public ProblemType type() {
    return type;
  }

  /// What the asker is told.
  public String detail() {
    String message = getMessage();
    return message == null ? type.title() : message;
  }
}
