package io.tercet.lab.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.server.RunningServer;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/// The path `/model`: GET says which model serves and which there are; `POST /model?name=NAME` lets
/// another model take new connections. Another handler answers every other path.
///
/// - Errors: 401 without a token, 403 with a wrong one, 400 without a name, 404 for a name that no
///   model has, 409 if that model cannot start now; then nothing has changed.
/// - Threading: shared; one exchange at a time.
public final class ModelEndpoint implements Handler {
  private static final String PATH = "/model";
  private static final String BEARER = "Bearer ";
  private static final String NAME = "name=";
  private static final Fields ALLOW = Fields.of("Allow", "GET, HEAD, POST, OPTIONS");
  private static final Fields CHALLENGE = Fields.of("WWW-Authenticate", "Bearer");
  private static final Fields JSON =
      Fields.of(
          "Content-Type", "application/json",
          "Cache-Control", "no-store",
          "X-Content-Type-Options", "nosniff");

  private final RunningServer server;
  private final ManagementToken token;
  private final Handler otherwise;

  /// @param token that an exchange needs
  /// @param otherwise answers every other path
  public ModelEndpoint(RunningServer server, ManagementToken token, Handler otherwise) {
    this.server = server;
    this.token = token;
    this.otherwise = otherwise;
  }

  @Override
  public Response handle(Request request) {
    if (!request.path().equals(PATH)) {
      return otherwise.handle(request);
    }
    return switch (request.method()) {
      case "GET", "HEAD" -> model();
      case "POST" -> post(request);
      case "OPTIONS" -> Response.empty(Status.NO_CONTENT, ALLOW);
      default -> ProblemType.METHOD_NOT_ALLOWED.response("a model is read or exchanged", ALLOW);
    };
  }

  private Response post(Request request) {
    Optional<String> shown = request.headers().first("authorization");
    if (shown.isEmpty() || !shown.get().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return ProblemType.UNAUTHENTICATED.response(
          "send the management token as Authorization: Bearer", CHALLENGE);
    }
    if (!token.matches(shown.get().substring(BEARER.length()).strip())) {
      return ProblemType.WRONG_TOKEN.response("it is in the file that the server was started with");
    }
    if (!request.query().startsWith(NAME)) {
      return ProblemType.INVALID_REQUEST.response("say which model: POST /model?name=epoll");
    }
    return exchange(request.query().substring(NAME.length()));
  }

  private synchronized Response exchange(String name) {
    if (!server.models().contains(name)) {
      return ProblemType.MODEL_NOT_FOUND.response(
          "the models are " + String.join(", ", server.models()));
    }
    try {
      if (!server.model().equals(name)) {
        server.exchangeModel(name);
      }
      return model();
    } catch (IOException cannot) {
      return ProblemType.MODEL_CANNOT_START.response(String.valueOf(cannot.getMessage()));
    }
  }

  private Response model() {
    String names =
        server.models().stream().map(ModelEndpoint::quoted).collect(Collectors.joining(","));
    String body = "{\"model\":%s,\"models\":[%s]}\n".formatted(quoted(server.model()), names);
    return Response.of(Status.OK, JSON, body.getBytes(UTF_8));
  }

  /// Names of models are words of our own.
  private static String quoted(String word) {
    return '"' + word + '"';
  }
}
