package io.tercet.lab.load;

import java.net.InetSocketAddress;

/// What clients ask of a server, and how many of them at once. Each connection sends its next
/// request when the last one was answered.
///
/// @param path of every request
/// @param connections that ask, from 1 to [#CONNECTIONS_MAX]
/// @param slowConnections connections beside them that send one byte of their request every half
///     second
/// @param keepAlive whether a connection carries one request after another; if not, each request
///     says `Connection: close`
/// @param threads of the load, from 1; each has a share of the connections
public record Workload(
    InetSocketAddress server,
    String path,
    int connections,
    int slowConnections,
    boolean keepAlive,
    int threads) {
  /// What the ports of one address allow, with room for ports in TIME_WAIT.
  public static final int CONNECTIONS_MAX = 20_000;

  /// Checks the ranges.
  public Workload {
    if (connections < 1 || connections > CONNECTIONS_MAX) {
      throw new IllegalArgumentException(
          "connections are 1 to " + CONNECTIONS_MAX + ", not " + connections);
    }
    if (slowConnections < 0 || slowConnections > CONNECTIONS_MAX) {
      throw new IllegalArgumentException(
          "slow connections are 0 to " + CONNECTIONS_MAX + ", not " + slowConnections);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("threads are at least 1, not " + threads);
    }
  }
}
