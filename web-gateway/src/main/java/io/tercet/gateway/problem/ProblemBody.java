package io.tercet.gateway.problem;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/// A problem as bytes: RFC 9457 `application/problem+json`, UTF-8. Immutable, for any thread.
public final class ProblemBody {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ProblemBody() {}

  /// A 5xx contains no detail.
  public static byte[] of(ProblemType type, String detail, String requestId) {
    var problem =
        JSON.createObjectNode()
            .put("type", type.urn())
            .put("title", type.title())
            .put("status", type.status().value());
    if (!type.status().is5xxServerError()) {
      problem.put("detail", detail);
    }
    problem.put("requestId", requestId);
    return problem.toString().getBytes(StandardCharsets.UTF_8);
  }
}
