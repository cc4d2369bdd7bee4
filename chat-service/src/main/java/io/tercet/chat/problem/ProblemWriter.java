package io.tercet.chat.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes problem documents: RFC 9457.
///
/// Immutable; any thread.
@Component
public class ProblemWriter {

  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /// The document of a problem. A 5xx has only its title as detail. It has the id of
  /// the request that the calling thread works on.
  public static ProblemDetail document(ProblemType type, String detail) {
    ProblemDetail document = ProblemDetail.forStatus(HttpStatusCode.valueOf(type.status()));
    document.setType(type.uri());
    document.setTitle(type.title());
    document.setDetail(type.status() >= 500 ? type.title() : detail);
    RequestId.current().ifPresent(id -> document.setProperty(RequestId.MEMBER, id));
    return document;
  }

  /// Writes the document as a response, for filters.
  public void write(HttpServletResponse response, ProblemType type, String detail)
      throws IOException {
    response.setStatus(type.status());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(document(type, detail)));
  }
}
