package io.tercet.http.message;

/// One end of a connection.
///
/// @param port 0 if it is not known
public record Endpoint(IpAddress address, int port) {
  /// An unknown endpoint.
  public static final Endpoint UNKNOWN = new Endpoint(new IpAddress(0, 0), 0);
}
