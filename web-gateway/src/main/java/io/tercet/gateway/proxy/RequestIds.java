package io.tercet.gateway.proxy;

import io.tercet.gateway.problem.RequestId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/// Gives each request its id: that of a trusted proxy, or else a new one. Each answer has it, and
/// an answer of 400 or more is a line of the log. The line has no path, which may contain names.
///
/// The first of all filters.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestIds implements WebFilter {

  private static final Logger LOG = LoggerFactory.getLogger(RequestIds.class);
  private static final int FIRST_ERROR = 400;

  private final TrustedProxies trusted;

  RequestIds(TrustedProxies trusted) {
    this.trusted = trusted;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    var peer = exchange.getRequest().getRemoteAddress();
    if (isTrusted(peer)) {
      RequestId.adopt(exchange, exchange.getRequest().getHeaders().getFirst(RequestId.HEADER));
    }
    exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> finish(exchange)));
    return chain.filter(exchange);
  }

  private boolean isTrusted(@Nullable InetSocketAddress peer) {
    return peer != null && peer.getAddress() != null && trusted.contains(peer.getAddress());
  }

  private static void finish(ServerWebExchange exchange) {
    var id = RequestId.of(exchange);
    exchange.getResponse().getHeaders().set(RequestId.HEADER, id);
    HttpStatusCode status = exchange.getResponse().getStatusCode();
    if (status != null && status.value() >= FIRST_ERROR) {
      LOG.info(
          "answered id={} method={} status={}",
          id,
          exchange.getRequest().getMethod(),
          status.value());
    }
  }
}
