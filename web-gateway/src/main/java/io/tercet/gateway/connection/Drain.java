package io.tercet.gateway.connection;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;

/// Stops the server so that no client loses a request.
///
/// A server that closes an idle connection may do so while a request is on its way to it: the
/// client gets a reset in place of an answer, and cannot know whether the request was done. So the
/// stop has three parts:
///
/// 1. From now on each answer says `Connection: close`. Requests and connections are still taken.
///    Readiness is down already, and the management port says so until the last part is over.
/// 2. A connection on which no request came for `tercet.drain.idle` is closed; then the gateway
///    takes no more connections.
/// 3. The requests in progress get the rest of `spring.lifecycle.timeout-per-shutdown-phase`.
///
/// It is over as soon as no connection is left. It replaces the graceful stop of Spring Boot, which
/// closes idle connections at once and says nothing on the others. Any thread.
///
/// Source: RFC 9112 §9.6.
@Component
@EnableConfigurationProperties(DrainSettings.class)
final class Drain
    implements SmartLifecycle,
        DisposableBean,
        WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

  /// Tells the handler of each connection that the drain has begun.
  record Begun() {}

  private final Duration idle;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicReference<@Nullable DisposableServer> server = new AtomicReference<>();
  private final AtomicReference<Runnable> ended = new AtomicReference<>(() -> {});
  private volatile boolean running;
  private volatile boolean begun;

  Drain(DrainSettings settings) {
    this.idle = settings.idle();
  }

  /// For the public server only: the one for health and metrics stops later.
  @Override
  public void customize(NettyReactiveWebServerFactory factory) {
    factory.addServerCustomizers(server ->
        server
            .doOnBound(this.server::set)
            .doOnChannelInit((_, channel, _) ->
                channel
                    .pipeline()
                    .addAfter(
                        NettyPipeline.HttpTrafficHandler,
                        "drainableConnection",
                        new DrainableConnection(this))));
  }

  void add(Channel connection) {
    connections.add(connection);
    var _ = connection.closeFuture().addListener(_ -> endIfEmpty());
  }

  boolean hasBegun() {
    return begun;
  }

  long idleMillis() {
    return idle.toMillis();
  }

  @Override
  public void start() {
    begun = false;
    running = true;
  }

  @Override
  public void stop() {
    stop(() -> {});
  }

  @Override
  public void stop(Runnable ended) {
    this.ended.set(ended);
    begun = true;
    running = false;
    connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(new Begun()));
    var _ =
        GlobalEventExecutor.INSTANCE.schedule(
            this::stopListening, idle.toMillis(), TimeUnit.MILLISECONDS);
    endIfEmpty();
  }

  private void endIfEmpty() {
    if (begun && connections.isEmpty()) {
      stopListening();
      ended.getAndSet(() -> {}).run();
    }
  }

  private void stopListening() {
    var bound = server.getAndSet(null);
    if (bound != null) {
      bound.dispose();
    }
  }

  /// Cuts off what is still in progress when its time is over.
  @Override
  public void destroy() {
    var _ = connections.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Before the management server, which says meanwhile that the gateway is not ready.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
