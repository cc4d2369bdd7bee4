package io.tercet.gateway.filter.header;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.PRESERVE_HOST_HEADER_ATTRIBUTE;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Sends the `Host` header on unchanged: http-raw-server chooses the site by it.
@Component
public final class PreserveHostHeader implements GatewayFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    exchange.getAttributes().put(PRESERVE_HOST_HEADER_ATTRIBUTE, true);
    return chain.filter(exchange);
  }
}
