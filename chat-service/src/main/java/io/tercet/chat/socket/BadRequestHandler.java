package io.tercet.chat.socket;

import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.problem.ProblemWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Answers with a problem where Jetty itself refuses a request with 400, before any filter: it
/// refuses `Upgrade` without `Connection: Upgrade`, and its own answer is HTML.
///
/// Immutable; any thread.
@Component
final class BadRequestHandler extends ErrorHandler
    implements WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> {

  private final JsonMapper json;

  BadRequestHandler(JsonMapper json) {
    this.json = json;
  }

  @Override
  public void customize(ConfigurableJettyWebServerFactory factory) {
    factory.addServerCustomizers(server -> server.setErrorHandler(this));
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
    if (status != HttpStatus.BAD_REQUEST_400) {
      super.generateResponse(request, response, status, message, cause, callback);
      return;
    }
    String detail =
        request.getHeaders().contains(HttpHeader.UPGRADE)
            ? "Send Connection: Upgrade together with Upgrade."
            : ProblemType.INVALID_REQUEST.title();
    byte[] problem =
        json.writeValueAsBytes(ProblemWriter.document(ProblemType.INVALID_REQUEST, detail));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.write(true, ByteBuffer.wrap(problem), callback);
  }
}
