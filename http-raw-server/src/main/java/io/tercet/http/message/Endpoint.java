package io.tercet.http.message;

/// One end of a connection.
///
/// @param port 0 if it is not known
public record Endpoint(Address address, int port) {
  /// Nobody knows.
  public static final Endpoint UNKNOWN = new Endpoint(new Address(0, 0), 0);
}
