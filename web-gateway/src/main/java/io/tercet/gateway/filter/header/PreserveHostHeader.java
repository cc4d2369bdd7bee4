package io.tercet.gateway.filter.header;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Passes the `Host` on as it came: http-raw-server serves sites by it.
@Component
public final class PreserveHostHeader implements GatewayFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    exchange.getAttributes().put(PRESERVE_HOST_HEADER_ATTRIBUTE, true);
    return chain.filter(exchange);
  }
}
