package io.tercet.http.load;

import java.net.InetSocketAddress;

/// What is asked of a server, and by how many at once. Each connection sends its next request when
/// the last one was answered.
///
/// @param path of every request
/// @param connections that ask, from 1 to [#CONNECTIONS_MAX]
/// @param tricklers connections beside them that send a byte of their request every half second
/// @param keepAlive whether a connection carries one request after another, or says
///     `Connection: close`
/// @param threads of the load, from 1; each has a share of the connections
public record Traffic(
    InetSocketAddress server,
    String path,
    int connections,
    int tricklers,
    boolean keepAlive,
    int threads) {
  /// What ports of one address allow, with room for those that wait to be used again.
  public static final int CONNECTIONS_MAX = 20_000;

  /// Refuses what cannot be.
  public Traffic {
    if (connections < 1 || connections > CONNECTIONS_MAX) {
      throw new IllegalArgumentException(
          "connections are 1 to " + CONNECTIONS_MAX + ", not " + connections);
    }
    if (tricklers < 0 || tricklers > CONNECTIONS_MAX || threads < 1) {
      throw new IllegalArgumentException("no traffic of " + tricklers + " and " + threads);
    }
  }
}
