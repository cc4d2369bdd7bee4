package io.tercet.gateway.filter;

import io.tercet.gateway.identity.Exchange;
import io.tercet.gateway.identity.SessionCookie;
import io.tercet.gateway.identity.Sessions;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/// Sends a request on with a token in place of a session.
///
/// Services see who asks by a token alone; the session itself goes only to the routes that are
/// about sessions. A session that has ended makes the request anonymous: entering again must work,
/// and whatever needs a person is refused by its service.
@Component
public final class PersonToken implements GatewayFilter {

  private final Sessions sessions;

  PersonToken(Sessions sessions) {
    this.sessions = sessions;
  }

  /// For the routes that begin and end sessions: what this does, and the session goes on beside it.
  public GatewayFilter besideSession() {
    return (exchange, chain) -> filter(exchange, chain, true);
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return filter(exchange, chain, false);
  }

  private Mono<Void> filter(
      ServerWebExchange exchange, GatewayFilterChain chain, boolean cookieGoesOn) {
    return switch (Credentials.of(exchange.getRequest())) {
      case Credentials.Token _ -> chain.filter(NoCredentials.without(exchange, HttpHeaders.COOKIE));
      case Credentials.None _ -> chain.filter(NoCredentials.anonymous(exchange));
      case Credentials.Session session ->
          sessions
              .exchange(session.cookie().value())
              .map(outcome -> withToken(exchange, outcome))
              .map(known -> cookieGoesOn ? withCookie(known, session.cookie()) : known)
              .flatMap(chain::filter);
    };
  }

  private static ServerWebExchange withToken(ServerWebExchange exchange, Exchange outcome) {
    var anonymous = NoCredentials.anonymous(exchange);
    return switch (outcome) {
      case Exchange.Active active ->
          with(anonymous, HttpHeaders.AUTHORIZATION, "Bearer " + active.token());
      case Exchange.Ended _ -> anonymous;
    };
  }

  private static ServerWebExchange withCookie(ServerWebExchange exchange, SessionCookie cookie) {
    return with(exchange, HttpHeaders.COOKIE, cookie.header());
  }

  private static ServerWebExchange with(ServerWebExchange exchange, String name, String value) {
    return exchange.mutate().request(request -> request.header(name, value)).build();
  }
}
