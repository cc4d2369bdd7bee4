package io.tercet.gateway.filter.socket;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// The WebSockets that are open now: counted, and told when the gateway goes away.
///
/// A socket never ends by itself, so it would hold up a shutdown; its client is told 1001 and comes
/// back when somebody serves again. For any thread.
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

  /// Ends when both ends have: whichever ends first ends the other.
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

  /// Stopped before the server, which waits for requests under way.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
