package io.tercet.chat.rest;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/// The session cookie of a browser: for one host, not readable by scripts. Over TLS the prefix
/// `__Host-` makes the browser enforce this.
///
/// A request may have the cookie of the other scheme: a person who signed in before there was TLS
/// stays signed in. So it is read under both names, and signing in or out removes it.
final class SessionCookie {

  private static final String PLAIN = "tercet-session";
  private static final String OVER_TLS = "__Host-tercet-session";

  private SessionCookie() {}

  /// The `Set-Cookie` headers of a new session.
  static String[] set(HttpServletRequest request, String secret, Duration lifetime) {
    String name = name(request);
    return Stream.concat(
            Stream.of(cookie(name, secret, lifetime)),
            sent(request)
                .map(Cookie::getName)
                .filter(old -> !old.equals(name))
                .map(old -> gone(old)))
        .toArray(String[]::new);
  }

  /// The `Set-Cookie` headers that remove the cookies of a request.
  static String[] clear(HttpServletRequest request) {
    return Stream.concat(Stream.of(name(request)), sent(request).map(Cookie::getName))
        .distinct()
        .map(SessionCookie::gone)
        .toArray(String[]::new);
  }

  /// The values that came with a request.
  static List<String> read(HttpServletRequest request) {
    return sent(request).map(Cookie::getValue).toList();
  }

  /// At most one cookie of each name.
  private static Stream<Cookie> sent(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null
        ? Stream.empty()
        : Stream.of(OVER_TLS, PLAIN)
            .flatMap(name ->
                Stream.of(cookies).filter(cookie -> cookie.getName().equals(name)).limit(1));
  }

  private static String gone(String name) {
    return cookie(name, "", Duration.ZERO);
  }

  private static String cookie(String name, String value, Duration lifetime) {
    return ResponseCookie.from(name, value)
        .httpOnly(true)
        .secure(name.equals(OVER_TLS))
        .sameSite("Lax")
        .path("/")
        .maxAge(lifetime)
        .build()
        .toString();
  }

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? OVER_TLS : PLAIN;
  }
}
