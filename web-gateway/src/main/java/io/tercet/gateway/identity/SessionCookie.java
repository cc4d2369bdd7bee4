package io.tercet.gateway.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The session cookie of a browser: its name and its value, which the gateway does not interpret.
///
/// The cookie has two names. Over TLS it has the prefix `__Host-`, which stops other hosts of the
/// domain from setting it, so that name is preferred. A browser may send both: a person who signed
/// in before there was TLS stays signed in.
///
/// Source: RFC 6265 §4.2.1, RFC 6265bis §4.1.3.2.
public record SessionCookie(String name, String value) {

  private static final List<String> NAMES = List.of("__Host-tercet-session", "tercet-session");

  /// The sessions in a request, at most one of each name; the first one counts.
  ///
  /// @param cookieHeaders every `Cookie` header of the request
  public static List<SessionCookie> in(List<String> cookieHeaders) {
    return NAMES.stream().flatMap(name -> named(name, cookieHeaders).stream()).toList();
  }

  private static Optional<SessionCookie> named(String name, List<String> cookieHeaders) {
    return cookieHeaders.stream()
        .flatMap(header -> List.of(header.split(";", -1)).stream())
        .map(String::strip)
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> new SessionCookie(name, pair.substring(name.length() + 1)))
        .filter(cookie -> !cookie.value().isEmpty())
        .findFirst();
  }

  /// The `Cookie` header that carries these cookies and no other.
  public static String header(List<SessionCookie> cookies) {
    return cookies.stream()
        .map(cookie -> cookie.name + "=" + cookie.value)
        .collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return name;
  }
}
