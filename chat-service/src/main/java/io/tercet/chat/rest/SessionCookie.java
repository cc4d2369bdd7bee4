package io.tercet.chat.rest;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/// The session cookie of a browser: for one host, not readable by scripts. Over TLS the prefix
/// `__Host-` makes the browser enforce this.
final class SessionCookie {

  private static final String PLAIN = "tercet-session";
  private static final String OVER_TLS = "__Host-tercet-session";

  private SessionCookie() {}

  static String set(HttpServletRequest request, String secret, Duration lifetime) {
    return cookie(request, secret).maxAge(lifetime).build().toString();
  }

  static String clear(HttpServletRequest request) {
    return cookie(request, "").maxAge(Duration.ZERO).build().toString();
  }

  /// The value that came with a request.
  static @Nullable String read(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies == null) {
      return null;
    }
    String name = name(request);
    for (Cookie cookie : cookies) {
      if (cookie.getName().equals(name)) {
        return cookie.getValue();
      }
    }
    return null;
  }

  private static ResponseCookie.ResponseCookieBuilder cookie(
      HttpServletRequest request, String value) {
    return ResponseCookie.from(name(request), value)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Lax")
        .path("/");
  }

  private static String name(HttpServletRequest request) {
    return request.isSecure() ? OVER_TLS : PLAIN;
  }
}
