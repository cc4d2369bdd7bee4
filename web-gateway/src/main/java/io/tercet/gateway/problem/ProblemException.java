package io.tercet.gateway.problem;

import org.jspecify.annotations.Nullable;

/// Ends a request with a problem. The client sees `detail`, so it never quotes the request.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;
  private final @Nullable String retryAfter;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, null);
  }

  /// @param retryAfter the value of `Retry-After` as a service sent it; null for none
  public ProblemException(ProblemType type, String detail, @Nullable String retryAfter) {
    // Without a stack trace: a problem is an expected answer.
    super(type + ": " + detail, null, false, false);
    this.type = type;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return detail;
  }

  public @Nullable String retryAfter() {
    return retryAfter;
  }
}
