package io.tercet.http.client;

import io.tercet.http.message.Endpoint;

/// The other side of a connection, as the operating system knows it.
@FunctionalInterface
public interface PeerAddress {
  /// Somebody.
  PeerAddress UNKNOWN = () -> Endpoint.UNKNOWN;

  /// Where it connects from: the client, or a proxy before it. Made when it is asked for.
  Endpoint peer();
}
