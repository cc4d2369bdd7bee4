package io.tercet.gateway.identity;

import java.util.List;
import java.util.Optional;

/// The session cookie of a browser: its name and its value, which the gateway does not interpret.
///
/// The cookie has two names. Over TLS it has the prefix `__Host-`, which stops other hosts of the
/// domain from setting it, so that name is preferred.
///
/// Source: RFC 6265 §4.2.1, RFC 6265bis §4.1.3.2.
public record SessionCookie(String name, String value) {

  private static final List<String> NAMES = List.of("__Host-tercet-session", "tercet-session");

  /// The session in a request, if there is one.
  ///
  /// @param cookieHeaders every `Cookie` header of the request
  public static Optional<SessionCookie> in(List<String> cookieHeaders) {
    return NAMES.stream()
        .flatMap(name ->
            cookieHeaders.stream()
                .flatMap(header -> List.of(header.split(";", -1)).stream())
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> new SessionCookie(name, pair.substring(name.length() + 1))))
        .filter(cookie -> !cookie.value().isEmpty())
        .findFirst();
  }

  /// The `Cookie` header that carries this cookie and no other.
  public String header() {
    return name + "=" + value;
  }

  @Override
  public String toString() {
    return name;
  }
}
