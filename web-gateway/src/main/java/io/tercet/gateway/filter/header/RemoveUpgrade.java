package io.tercet.gateway.filter.header;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Ignores a request to switch protocols, as RFC 9110 §7.8 allows. Only one route has WebSockets;
/// without this filter the gateway would open one to any service.
@Component
public final class RemoveUpgrade implements GatewayFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return chain.filter(RemoveCredentials.without(exchange, HttpHeaders.UPGRADE));
  }
}
