package io.tercet.http.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.ProblemType;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import java.util.function.BooleanSupplier;

/// `/health/live`, `/health/ready` and `/metrics`.
public final class ManagementEndpoints implements Handler {
  private static final Fields ALLOW = Fields.of("Allow", "GET, HEAD, OPTIONS");
  private static final Fields JSON =
      Fields.of("Content-Type", "application/json", "Cache-Control", "no-store");
  private static final Fields TEXT =
      Fields.of(
          "Content-Type", "text/plain; version=0.0.4; charset=utf-8",
          "Cache-Control", "no-store");

  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;

  /// @param ready whether the server can do its job now
  public ManagementEndpoints(PrometheusMeterRegistry registry, BooleanSupplier ready) {
    this.registry = registry;
    this.ready = ready;
  }

  @Override
  public Response handle(Request request) {
    return switch (request.method()) {
      case "GET", "HEAD" -> get(request.path());
      case "OPTIONS" -> Response.empty(Status.NO_CONTENT, ALLOW);
      default -> ProblemType.METHOD_NOT_ALLOWED.response("this can only be read", ALLOW);
    };
  }

  private Response get(String path) {
    return switch (path) {
      case "/health/live" -> health(true);
      case "/health/ready" -> health(ready.getAsBoolean());
      case "/metrics" -> Response.of(Status.OK, TEXT, registry.scrape().getBytes(UTF_8));
      default -> ProblemType.NOT_FOUND.response("try /health/live, /health/ready or /metrics");
    };
  }

  private static Response health(boolean up) {
    byte[] body = (up ? "{\"status\":\"UP\"}\n" : "{\"status\":\"DOWN\"}\n").getBytes(UTF_8);
    return Response.of(up ? Status.OK : Status.SERVICE_UNAVAILABLE, JSON, body);
  }
}
