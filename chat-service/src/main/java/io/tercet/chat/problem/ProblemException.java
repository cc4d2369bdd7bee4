package io.tercet.chat.problem;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A request that cannot be done. The client sees the detail: it says what to do and never has a
/// secret or an internal cause.
///
/// It is an expected answer, not a fault, so it has no stack trace and nobody logs it.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final @Nullable String resembled;
  private final @Nullable Duration retryAfter;

  private ProblemException(
      ProblemType type, String detail, @Nullable String resembled, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.type = type;
    this.resembled = resembled;
    this.retryAfter = retryAfter;
  }

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null, null);
  }

  /// A problem that passes by itself after this time; the detail is completed by it.
  public ProblemException(ProblemType type, String detail, Duration retryAfter) {
    this(type, detail + " Try again in " + seconds(retryAfter) + " s.", null, retryAfter);
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
        name,
        null);
  }

  /// The type of the problem.
  public ProblemType type() {
    return type;
  }

  /// The name that is taken, for `name-resembles`.
  @Nullable String resembled() {
    return resembled;
  }

  /// The time after which the same request succeeds, in whole seconds; empty if it is not known.
  public OptionalLong retryAfterSeconds() {
    return retryAfter == null ? OptionalLong.empty() : OptionalLong.of(seconds(retryAfter));
  }

  /// Rounded up: who waits so long has waited long enough.
  private static long seconds(Duration time) {
    return Math.max(1, time.plusSeconds(1).minusNanos(1).toSeconds());
  }

  /// The text for the client.
  public String detail() {
    String message = getMessage();
    return message == null ? type.title() : message;
  }
}
