package io.tercet.gateway.filter.header;

import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Removes cookies and `Authorization` from a request: pages and sites are the same for everybody.
@Component
public final class RemoveCredentials implements GatewayFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return chain.filter(anonymous(exchange));
  }

  public static ServerWebExchange anonymous(ServerWebExchange exchange) {
    return without(exchange, HttpHeaders.COOKIE, HttpHeaders.AUTHORIZATION);
  }

  public static ServerWebExchange without(ServerWebExchange exchange, String... names) {
    return exchange
        .mutate()
        .request(request -> request.headers(headers -> List.of(names).forEach(headers::remove)))
        .build();
  }
}
