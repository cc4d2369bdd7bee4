package io.tercet.gateway.problem;

import java.util.Map;

/// Ends a request with a problem. The client sees `detail`, so it never quotes the request.
public final class ProblemException extends RuntimeException {

  /// What the gateway passes on, as `Allow` lists it.
  public static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private static final long serialVersionUID = 1L;

  private final ProblemType type;
  private final String detail;
  private final Map<String, String> headers;

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  /// @param headers go with the answer
  public ProblemException(ProblemType type, String detail, Map<String, String> headers) {
    // Without a stack trace: a problem is an expected answer.
    super(type + ": " + detail, null, false, false);
    this.type = type;
    this.detail = detail;
    this.headers = Map.copyOf(headers);
  }

  /// @param retryAfter the value of `Retry-After`
  public ProblemException(ProblemType type, String detail, String retryAfter) {
    this(type, detail, Map.of("Retry-After", retryAfter));
  }

  /// 405 with `Allow`: the gateway passes on no other methods.
  public static ProblemException methodNotAllowed() {
    return new ProblemException(
        ProblemType.METHOD_NOT_ALLOWED, "Use another method.", Map.of("Allow", METHODS));
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return detail;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
