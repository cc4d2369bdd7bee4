package io.tercet.gateway.filter.authentication;

import io.tercet.gateway.identity.SessionCookie;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// What a request shows of who sends it. A token that is sent explicitly wins: then a session
/// beside it is not looked at and goes nowhere.
sealed interface Credentials {

  /// `Authorization: Bearer …`, for the services to verify.
  record Token() implements Credentials {}

  /// A browser's session.
  record Session(SessionCookie cookie) implements Credentials {}

  /// Neither.
  record None() implements Credentials {}

  static Credentials of(ServerHttpRequest request) {
    var headers = request.getHeaders();
    var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    // Browsers send "Basic" by themselves, so it is no sign of a program and nothing here accepts
    // it.
    if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return new Token();
    }
    Optional<SessionCookie> cookie = SessionCookie.in(headers.getOrEmpty(HttpHeaders.COOKIE));
    return cookie.<Credentials>map(Session::new).orElseGet(None::new);
  }
}
