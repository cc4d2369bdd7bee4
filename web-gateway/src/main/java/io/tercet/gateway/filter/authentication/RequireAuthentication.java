package io.tercet.gateway.filter.authentication;

import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Refuses a WebSocket upgrade without credentials with 401, before a connection to the service is
/// opened.
@Component
public final class RequireAuthentication implements GatewayFilter {

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    if (!exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
      throw new ProblemException(
          ProblemType.UNAUTHENTICATED, "Show a session with our own Origin, or a token.");
    }
    return chain.filter(exchange);
  }
}
