package io.tercet.http.client;

import io.tercet.http.message.Endpoint;

/// The address of the other side of a connection, as the operating system knows it.
@FunctionalInterface
public interface PeerAddress {
  /// Nobody knows it.
  PeerAddress UNKNOWN = () -> Endpoint.UNKNOWN;

  /// Where the connection comes from: the client, or a proxy in front of it. Asks the system each
  /// time.
  Endpoint peer();
}
