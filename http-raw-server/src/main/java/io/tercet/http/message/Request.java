package io.tercet.http.message;

import java.util.Locale;

/// One request.
///
/// @param method a token, case-sensitive: `GET`
/// @param path the raw path as it was sent, still percent-encoded; `*` for `OPTIONS *`
/// @param query what follows the first `?`, or an empty text
/// @param host the authority that the request is for, as sent; empty for HTTP/1.0 without Host
/// @param version of HTTP
/// @param headers all fields, Host included
/// @param body decoded, if the handler takes it ([Handler#bodyBytesMax]); empty otherwise
public record Request(
    String method,
    String path,
    String query,
    String host,
    Version version,
    Headers headers,
    Body.Bytes body) {

  /// A request without a body.
  public Request(
      String method, String path, String query, String host, Version version, Headers headers) {
    this(method, path, query, host, version, headers, Body.Bytes.NONE);
  }

  /// A GET of HTTP/1.1, for requests that do not come from a connection.
  public static Request get(String host, String path, String... namesAndValues) {
    return new Request("GET", path, "", host, Version.HTTP_1_1, Headers.of(namesAndValues));
  }

  /// The same request with this body.
  public Request with(Body.Bytes other) {
    return new Request(method, path, query, host, version, headers, other);
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
