package io.tercet.http.handle;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;

/// Sends the body of the request back, with its Content-Type. For test suites that check how a
/// server reads requests.
///
/// - GET, HEAD, POST and PUT at any path. A request without a body gets an empty one.
/// - Bounds: bodies up to `bytesMax`, and up to the server's own limit.
/// - Threading: shared by all.
///
/// @param bytesMax length of a body; past it 413
public record EchoHandler(long bytesMax) implements Handler {
  private static final Fields ALLOW = Fields.of("Allow", "GET, HEAD, POST, PUT, OPTIONS");
  private static final String ANYTHING = "application/octet-stream";

  @Override
  public long bodyBytesMax(Request head) {
    return bytesMax;
  }

  @Override
  public Response handle(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD", "POST", "PUT" -> new Response(Status.OK, fields(request), request.body());
      case "OPTIONS" -> Response.empty(Status.NO_CONTENT, ALLOW);
      default -> ProblemType.METHOD_NOT_ALLOWED.response("this is not echoed", ALLOW);
    };
  }

  /// The sandbox keeps an echoed page from running with our origin.
  private static Fields fields(Request request) {
    return Fields.of(
        "Content-Type", request.headers().first("content-type").orElse(ANYTHING),
        "Cache-Control", "no-store",
        "Content-Security-Policy", "sandbox",
        "X-Content-Type-Options", "nosniff");
  }
}
