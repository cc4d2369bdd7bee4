package io.tercet.http.server;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.client.ConnectionLimiter;
import io.tercet.http.connection.AccessLog;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.message.Handler;
import io.tercet.http.render.HeadRenderer;
import io.tercet.http.render.HttpDate;
import io.tercet.http.settings.Bounds;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How requests are read, answered and watched. It is the same for all models.
///
/// @param handler answers requests
/// @param bounds every limit
/// @param observer hears what happens on connections
/// @param limiter which proxies are believed, and how many connections one client may have
/// @param log hears of each answer; null for nobody
public record ServerConfiguration(
    Handler handler,
    Bounds bounds,
    Observer observer,
    ConnectionLimiter limiter,
    @Nullable AccessLog log) {

  /// What all connections of one server share, by the clock of the system.
  public ServerContext context() {
    return new ServerContext(
        handler,
        bounds.limits(),
        bounds.deadlines(),
        new HeadRenderer(new HttpDate(InstantSource.system())),
        observer,
        limiter,
        new MemoryBudget(bounds.unfinishedBytesMax()),
        log);
  }

  ServerConfiguration observedBy(Observer other) {
    return new ServerConfiguration(handler, bounds, other, limiter, log);
  }
}
