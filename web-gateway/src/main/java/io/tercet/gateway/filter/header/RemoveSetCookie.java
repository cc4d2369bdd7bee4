package io.tercet.gateway.filter.header;

import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Removes `Set-Cookie` from the answer: a published site sets no cookies.
@Component
public final class RemoveSetCookie implements GatewayFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    var response = exchange.getResponse();
    response.beforeCommit(
        () -> Mono.fromRunnable(() -> response.getHeaders().remove(HttpHeaders.SET_COOKIE)));
    return chain.filter(exchange);
  }
}
