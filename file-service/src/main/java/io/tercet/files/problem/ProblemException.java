package io.tercet.files.problem;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem.
///
/// The client sees `detail` unless the type is a 5xx. It says what to do, and contains nothing that
/// the client may not know.
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;
  private final @Nullable Duration retryAfter;
  private final @Nullable String resembled;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null, null, null);
  }

  private ProblemException(
      ProblemType type,
      String detail,
      @Nullable Duration retryAfter,
      @Nullable String resembled,
      @Nullable Throwable cause) {
    super(type.slug() + ": " + detail, cause);
    this.type = type;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.resembled = resembled;
  }

  /// A problem with the exception that led to it, for the log.
  public static ProblemException causedBy(Throwable cause, ProblemType type, String detail) {
    return new ProblemException(type, detail, null, null, cause);
  }

  /// A temporary problem; the client learns when to try again.
  public static ProblemException retry(ProblemType type, String detail, Duration after) {
    return new ProblemException(type, detail, after, null, null);
  }

  /// A new name looks like this one, which is taken.
  public static ProblemException resembling(String name) {
    return new ProblemException(
        ProblemType.NAME_RESEMBLES,
        "This name looks like " + name + ", which is taken. Choose another one.",
        null,
        name,
        null);
  }

  /// A temporary problem with the exception that led to it.
  public static ProblemException retryCausedBy(
      Throwable cause, ProblemType type, String detail, Duration after) {
    return new ProblemException(type, detail, after, null, cause);
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return detail;
  }

  /// The name that is taken, for `name-resembles`.
  public @Nullable String resembled() {
    return resembled;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
