package io.tercet.gateway.filter.authentication;

import io.tercet.gateway.identity.SessionCache;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Removes the sessions of a browser from the cache when its person signs out.
///
/// It does so before the request goes to chat-service, and again before the answer goes back:
/// between the two, another request of the same browser may have put the session into the cache.
@Component
public final class EvictOnSignOut implements GatewayFilter {

  private final SessionCache sessions;

  EvictOnSignOut(SessionCache sessions) {
    this.sessions = sessions;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    if (HttpMethod.DELETE.equals(exchange.getRequest().getMethod())
        && Credentials.of(exchange.getRequest()) instanceof Credentials.Session session) {
      Runnable evict = () -> session.cookies().forEach(cookie -> sessions.evict(cookie.value()));
      evict.run();
      exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(evict));
    }
    return chain.filter(exchange);
  }
}
