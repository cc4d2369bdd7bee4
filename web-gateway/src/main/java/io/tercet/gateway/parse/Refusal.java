package io.tercet.gateway.parse;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;

/// The refusals of requests that break the syntax of HTTP.
final class Refusal {

  private Refusal() {}

  /// 400.
  static ProblemException malformed(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }

  static ProblemException headersTooLarge() {
    return new ProblemException(ProblemType.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
  }

  static ProblemException targetTooLong() {
    return new ProblemException(ProblemType.TARGET_TOO_LONG, "Use a shorter address.");
  }
}
