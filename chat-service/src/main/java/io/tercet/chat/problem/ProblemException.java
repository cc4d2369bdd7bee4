package io.tercet.chat.problem;

import org.jspecify.annotations.Nullable;

/// A request that cannot be done. The client sees the detail: it says what to do and never has a
/// secret or an internal cause.
///
/// It is an expected answer, not a fault, so it has no stack trace and nobody logs it.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final @Nullable String resembled;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null);
  }

  private ProblemException(ProblemType type, String detail, @Nullable String resembled) {
    super(detail, null, false, false);
    this.type = type;
    this.resembled = resembled;
  }

  /// A problem whose detail is the title of its type.
  public ProblemException(ProblemType type) {
    this(type, type.title());
  }

  /// A new name looks like this name, which is taken.
  public static ProblemException resembling(String name) {
    return new ProblemException(
        ProblemType.NAME_RESEMBLES,
        "This name looks like " + name + ", which is taken. Choose another one.",
        name);
  }

  /// The type of the problem.
  public ProblemType type() {
    return type;
  }

  /// The name that is taken, for `name-resembles`.
  @Nullable String resembled() {
    return resembled;
  }

  /// The text for the client.
  public String detail() {
    String message = getMessage();
    return message == null ? type.title() : message;
  }
}
