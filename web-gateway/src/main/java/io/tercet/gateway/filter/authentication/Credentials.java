package io.tercet.gateway.filter.authentication;

import io.tercet.gateway.identity.SessionCookie;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/// What a request contains to identify its sender. If it contains a token and a session, the token
/// counts and the gateway ignores the session.
sealed interface Credentials {

  /// `Authorization: Bearer …`; the services verify it.
  record Token() implements Credentials {}

  /// The session cookies of a browser, at least one; the first one counts.
  record Session(List<SessionCookie> cookies) implements Credentials {

    String secret() {
      return cookies.getFirst().value();
    }
  }

  /// Neither.
  record None() implements Credentials {}

  static Credentials of(ServerHttpRequest request) {
    var headers = request.getHeaders();
    var authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
    // A browser sends "Basic" on its own, so "Basic" does not identify a program. No service
    // accepts it.
    if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return new Token();
    }
    var cookies = SessionCookie.in(headers.getOrEmpty(HttpHeaders.COOKIE));
    return cookies.isEmpty() ? new None() : new Session(cookies);
  }
}
