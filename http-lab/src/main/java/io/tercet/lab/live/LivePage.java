package io.tercet.lab.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.message.Fields;
import io.tercet.http.message.Handler;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.server.RunningServer;
import io.tercet.lab.text.BundledText;
import java.util.Map;

/// The page `/lab/`: it shows the server as it runs, and lets a reader with the token exchange its
/// model. `/lab/figures` is its data; `/` leads to it. Another handler answers everything else.
///
/// The page loads nothing from elsewhere and runs no script but its own.
public final class LivePage implements Handler {
  private static final Fields SAFE =
      Fields.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer");
  private static final Fields JSON = SAFE.with("Content-Type", "application/json");

  private final Map<String, Response> parts =
      Map.of(
          "/", Response.empty(Status.MOVED_PERMANENTLY, SAFE.with("Location", "/lab/")),
          "/lab", Response.empty(Status.MOVED_PERMANENTLY, SAFE.with("Location", "/lab/")),
          "/lab/", part("live.html", "text/html; charset=utf-8"),
          "/lab/live.css", part("live.css", "text/css; charset=utf-8"),
          "/lab/live.js", part("live.js", "text/javascript; charset=utf-8"));
  private final LiveMetrics metrics;
  private final Handler otherwise;

  /// @param times of the server's responses
  /// @param otherwise answers requests that are not for this page
  public LivePage(RunningServer server, ResponseTimeHistogram times, Handler otherwise) {
    this.metrics = new LiveMetrics(server, times);
    this.otherwise = otherwise;
  }

  @Override
  public Response handle(Request request) {
    if (!request.method().equals("GET") && !request.isHead()) {
      return otherwise.handle(request);
    }
    if (request.path().equals("/lab/figures")) {
      return Response.of(Status.OK, JSON, metrics.json(System.nanoTime()).getBytes(UTF_8));
    }
    Response part = parts.get(request.path());
    return part == null ? otherwise.handle(request) : part;
  }

  private static Response part(String name, String type) {
    return Response.of(
        Status.OK,
        SAFE.with("Content-Type", type),
        BundledText.read(LivePage.class, name).getBytes(UTF_8));
  }
}
