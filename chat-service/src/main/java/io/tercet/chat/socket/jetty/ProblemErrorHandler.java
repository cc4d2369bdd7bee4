package io.tercet.chat.socket.jetty;

import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import io.tercet.chat.problem.RequestId;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import tools.jackson.databind.json.JsonMapper;

/// Answers with a problem where Jetty itself refuses a request, before any filter: it cannot be
/// parsed, its path could be read in two ways, it has `Upgrade` without `Connection: Upgrade`. The
/// answer of Jetty would be a page that names the address of this service.
///
/// Immutable; any thread.
final class ProblemErrorHandler extends ErrorHandler {

  private final JsonMapper json;

  ProblemErrorHandler(JsonMapper json) {
    this.json = json;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback)
      throws IOException {
    ProblemType type = ProblemType.ofStatus(status);
    String detail =
        type == ProblemType.INVALID_REQUEST && request.getHeaders().contains(HttpHeader.UPGRADE)
            ? "Send Connection: Upgrade together with Upgrade."
            : type.title();
    ProblemDetail document = ProblemWriter.document(type, detail);
    String id = RequestIdHandler.id(request);
    document.setProperty(RequestId.MEMBER, id);
    response.setStatus(type.status());
    response.getHeaders().put(RequestId.HEADER, id);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    // Jetty does not say so after a request line that it cannot parse. A client that keeps the
    // connection would lose its next request, which need not be of the same person.
    if (!request.getConnectionMetaData().isPersistent()) {
      response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(document)), callback);
  }
}
