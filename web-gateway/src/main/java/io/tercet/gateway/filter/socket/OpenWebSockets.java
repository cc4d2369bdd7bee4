package io.tercet.gateway.filter.socket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// The WebSockets that are open now. It counts them, and closes them when the gateway stops.
///
/// A WebSocket does not end on its own and would delay the shutdown. So the client gets close code
/// 1001 and reconnects when the gateway is back. Safe for any thread.
@Component
final class OpenWebSockets implements SmartLifecycle {

  private final AtomicInteger open = new AtomicInteger();
  private final Sinks.Empty<Void> shutdown = Sinks.empty();
  private volatile boolean running;

  OpenWebSockets(MeterRegistry metrics) {
    Gauge.builder("tercet.gateway.sockets", open, AtomicInteger::get)
        .description("WebSockets that are open now")
        .register(metrics);
  }

  /// Forwards frames both ways until both connections are closed; when one closes, it closes the
  /// other.
  Mono<Void> join(WebSocketConnection client, WebSocketConnection service) {
    return Mono.defer(() -> {
      open.incrementAndGet();
      var goingAway = shutdown.asMono().then(Mono.defer(client::goAway)).subscribe();
      return Mono.when(client.forwardTo(service), service.forwardTo(client))
          .doFinally(_ -> {
            goingAway.dispose();
            open.decrementAndGet();
          });
    });
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    shutdown.tryEmitEmpty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Stops before the server, which waits for requests in progress.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
