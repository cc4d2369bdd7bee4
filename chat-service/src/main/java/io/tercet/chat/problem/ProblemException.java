package io.tercet.chat.problem;

/// A request that cannot be done. The client sees the detail: it says what to do and never has a
/// secret or an internal cause.
///
/// It is an expected answer, not a fault, so it has no stack trace and nobody logs it.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;

  public ProblemException(ProblemType type, String detail) {
    super(detail, null, false, false);
    this.type = type;
  }

  /// A problem whose detail is the title of its type.
  public ProblemException(ProblemType type) {
    this(type, type.title());
  }

  /// The type of the problem.
  public ProblemType type() {
    return type;
  }

  /// The text for the client.
  public String detail() {
    String message = getMessage();
    return message == null ? type.title() : message;
  }
}
