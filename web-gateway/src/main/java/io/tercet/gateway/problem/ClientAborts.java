package io.tercet.gateway.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/// Ends the requests of clients that have gone, and counts them. What failed in such a request, at
/// either end, is no failure of ours, and there is nobody to answer.
@Component
final class ClientAborts implements WebFilter, Ordered {

  private static final Logger LOG = LoggerFactory.getLogger(ClientAborts.class);

  private final Counter aborts;

  ClientAborts(MeterRegistry metrics) {
    this.aborts =
        Counter.builder("tercet.gateway.aborts")
            .description("requests whose client went before they were done")
            .register(metrics);
  }

  /// Behind the filter that gives the request its id.
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var request = new WatchedRequest(exchange.getRequest());
    return chain
        .filter(exchange.mutate().request(request).build())
        .doOnCancel(() -> count(exchange, "cancelled"))
        .onErrorResume(
            _ -> request.isAborted(),
            failure -> Mono.fromRunnable(() -> count(exchange, failure.toString())));
  }

  /// Knows whether its client has gone: the connection is closed, or its body cannot be read. The
  /// body fails before the connection is closed.
  private static final class WatchedRequest extends ServerHttpRequestDecorator {

    private final AtomicBoolean aborted = new AtomicBoolean();

    /// Kept, because a request that has been refused has another one, which knows nothing.
    private final AtomicReference<@Nullable Channel> channel = new AtomicReference<>();

    WatchedRequest(ServerHttpRequest request) {
      super(request);
      server().withConnection(connection -> channel.set(connection.channel()));
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return super.getBody()
          .concatWith(Mono.defer(this::failIfBroken))
          .doOnError(_ -> aborted.set(true));
    }

    private Mono<DataBuffer> failIfBroken() {
      var connection = channel.get();
      return connection != null && BrokenBody.isOn(connection)
          ? Mono.error(new IOException("The chunks of the body cannot be read."))
          : Mono.empty();
    }

    boolean isAborted() {
      server()
          .withConnection(
              connection -> aborted.compareAndSet(false, !connection.channel().isActive()));
      return aborted.get();
    }

    private HttpServerRequest server() {
      return ServerHttpRequestDecorator.getNativeRequest(getDelegate());
    }
  }

  private void count(ServerWebExchange exchange, String cause) {
    aborts.increment();
    LOG.debug(
        "client went id={} method={} cause={}",
        RequestId.of(exchange),
        exchange.getRequest().getMethod(),
        cause);
  }
}
