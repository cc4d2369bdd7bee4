package io.tercet.files.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes a problem without a controller: in filters, and for errors of Tomcat itself.
public final class ProblemWriter {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ProblemWriter() {}

  /// Replaces the response by the problem. Does nothing if the response has already begun.
  public static void write(HttpServletResponse response, ProblemType type, @Nullable String detail)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    ObjectNode problem =
        JSON.createObjectNode()
            .put("type", type.uri().toString())
            .put("title", type.title())
            .put("status", type.status());
    if (detail != null && type.status() < 500) {
      problem.put("detail", detail);
    }
    RequestId.current().ifPresent(id -> problem.put(RequestId.MEMBER, id));
    byte[] body = JSON.writeValueAsBytes(problem);
    response.resetBuffer();
    response.setStatus(type.status());
    response.setContentType("application/problem+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
