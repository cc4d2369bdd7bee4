package io.tercet.http.message;

import java.util.Locale;

/// One request, without its body (which is read and dropped).
///
/// @param method a token, case-sensitive: `GET`
/// @param path the raw path as it was sent, still percent-encoded; `*` for `OPTIONS *`
/// @param query what follows the first `?`, or an empty text
/// @param host the authority that the request is for, as sent; empty for HTTP/1.0 without Host
/// @param version of HTTP
/// @param headers all fields, Host included
public record Request(
    String method, String path, String query, String host, Version version, Headers headers) {

  /// A GET of HTTP/1.1, for handlers that are called without a wire.
  public static Request get(String host, String path, String... namesAndValues) {
    return new Request("GET", path, "", host, Version.HTTP_1_1, Headers.of(namesAndValues));
  }

  /// Whether the response carries no body because the method says so.
  public boolean isHead() {
    return method.equals("HEAD");
  }

  /// The host without its port, in lower case and without a final dot.
  public String hostName() {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon > host.lastIndexOf(']');
    String name = (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
