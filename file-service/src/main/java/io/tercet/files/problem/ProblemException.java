package io.tercet.files.problem;

import java.time.Duration;
import java.util.Map;
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
  private final transient Map<String, Object> members;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null, Map.of(), null);
  }

  private ProblemException(
      ProblemType type,
      String detail,
      @Nullable Duration retryAfter,
      Map<String, Object> members,
      @Nullable Throwable cause) {
    super(type.slug() + ": " + detail, cause);
    this.type = type;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.members = members;
  }

  /// A problem with the exception that led to it, for the log.
  public static ProblemException causedBy(Throwable cause, ProblemType type, String detail) {
    return new ProblemException(type, detail, null, Map.of(), cause);
  }

  /// A temporary problem; the client learns when to try again.
  public static ProblemException retry(ProblemType type, String detail, Duration after) {
    return new ProblemException(type, detail, after, Map.of(), null);
  }

  /// A new name looks like this one, which is taken.
  public static ProblemException resembling(String name) {
    return new ProblemException(
        ProblemType.NAME_RESEMBLES,
        "This name looks like " + name + ", which is taken. Choose another one.",
        null,
        Map.of("resembles", name),
        null);
  }

  /// A site has more bytes than it may have; the client learns both numbers.
  public static ProblemException siteTooLarge(String detail, long bytes, long bytesMax) {
    return new ProblemException(
        ProblemType.SITE_TOO_LARGE,
        detail,
        null,
        Map.of("bytes", bytes, "bytesMax", bytesMax),
        null);
  }

  /// A temporary problem with the exception that led to it.
  public static ProblemException retryCausedBy(
      Throwable cause, ProblemType type, String detail, Duration after) {
    return new ProblemException(type, detail, after, Map.of(), cause);
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return detail;
  }

  /// The members that this problem has beside those of every problem; contracts/problems.md lists
  /// them.
  public Map<String, Object> members() {
    return members;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
