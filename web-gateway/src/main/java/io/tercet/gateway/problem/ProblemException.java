package io.tercet.gateway.problem;

/// Ends a request with a problem. `detail` reaches the client, so it never quotes what was sent.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;

  public ProblemException(ProblemType type, String detail) {
    // An answer, not a defect: nobody reads its stack.
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
