package io.tercet.gateway.filter.authentication;

import io.tercet.gateway.filter.header.RemoveCredentials;
import io.tercet.gateway.identity.SessionCache;
import io.tercet.gateway.identity.SessionCookie;
import io.tercet.gateway.identity.SessionState;
import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Replaces the session cookie of a request by a token.
///
/// Services identify a person by the token alone; only the session routes receive the cookie as
/// well. If the session has ended, the request goes on without credentials: signing in again must
/// work, and a service refuses what needs a person.
@Component
public final class TokenRelay implements GatewayFilter {

  private final SessionCache sessions;

  TokenRelay(SessionCache sessions) {
    this.sessions = sessions;
  }

  /// For the routes that begin and end sessions: adds the token and keeps the session cookie.
  public GatewayFilter keepingSession() {
    return (exchange, chain) -> filter(exchange, chain, true);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return filter(exchange, chain, false);
  }

  private Mono<Void> filter(
      ServerWebExchange exchange, GatewayFilterChain chain, boolean keepCookie) {
    return switch (Credentials.of(exchange.getRequest())) {
      case Credentials.Token _ ->
          chain.filter(RemoveCredentials.without(exchange, HttpHeaders.COOKIE));
      case Credentials.None _ -> chain.filter(RemoveCredentials.anonymous(exchange));
      case Credentials.Session session ->
          sessions
              .lookUp(session.secret())
              .map(state -> withToken(exchange, state))
              .map(known -> keepCookie ? withCookies(known, session.cookies()) : known)
              .flatMap(chain::filter);
    };
  }

  private static ServerWebExchange withToken(ServerWebExchange exchange, SessionState state) {
    var anonymous = RemoveCredentials.anonymous(exchange);
    return switch (state) {
      case SessionState.Active active ->
          with(anonymous, HttpHeaders.AUTHORIZATION, "Bearer " + active.token());
      case SessionState.Ended _ -> anonymous;
    };
  }

  private static ServerWebExchange withCookies(
      ServerWebExchange exchange, List<SessionCookie> cookies) {
    return with(exchange, HttpHeaders.COOKIE, SessionCookie.header(cookies));
  }

  private static ServerWebExchange with(ServerWebExchange exchange, String name, String value) {
    return exchange.mutate().request(request -> request.header(name, value)).build();
  }
}
