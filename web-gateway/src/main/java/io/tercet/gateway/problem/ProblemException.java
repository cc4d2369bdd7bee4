package io.tercet.gateway.problem;

/// Ends a request with a problem. The client sees `detail`, so it never quotes the request.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;

  public ProblemException(ProblemType type, String detail) {
    // Without a stack trace: a problem is an expected answer.
    super(type + ": " + detail, null, false, false);
    this.type = type;
    this.detail = detail;
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return detail;
  }
}
