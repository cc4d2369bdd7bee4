package io.tercet.http.client;

import io.tercet.http.message.IpAddress;
import java.util.concurrent.ConcurrentHashMap;

/// Limits how many connections one client may have.
///
/// A client is an IPv4 address or an IPv6 network of 64 bits, because who has one address of such a
/// network has them all. A trusted proxy is not a client and has no limit.
///
/// Threading: shared by all conversations of a server. Each process counts for itself.
public final class ConnectionLimiter {
  private static final int IPV6_CLIENT_BITS = 64;

  private final TrustedProxies proxies;
  private final int connectionsMax;
  private final ConcurrentHashMap<IpAddress, Integer> connections = new ConcurrentHashMap<>();

  /// @param proxies that name their clients
  /// @param connectionsMax per client; 0 for any number
  public ConnectionLimiter(TrustedProxies proxies, int connectionsMax) {
    this.proxies = proxies;
    this.connectionsMax = connectionsMax;
  }

  /// Limits no client and believes no proxy.
  public static ConnectionLimiter any() {
    return new ConnectionLimiter(TrustedProxies.NONE, 0);
  }

  TrustedProxies proxies() {
    return proxies;
  }

  /// Whether no client is limited and no proxy believed, so that nobody need know who a client is.
  boolean isOff() {
    return proxies.ranges().isEmpty() && connectionsMax == 0;
  }

  /// Counts a connection from this address. False, and it is not counted, if its client has enough.
  public boolean tryAcquire(IpAddress address) {
    if (connectionsMax == 0 || proxies.contains(address)) {
      return true;
    }
    IpAddress client = client(address);
    // Never counts first and takes back: two refused connections would refuse a third that fits.
    while (true) {
      Integer before = connections.get(client);
      if (before != null && before >= connectionsMax) {
        return false;
      }
      boolean counted =
          before == null
              ? connections.putIfAbsent(client, 1) == null
              : connections.replace(client, before, before + 1);
      if (counted) {
        return true;
      }
    }
  }

  /// Takes back what [#tryAcquire] counted.
  public void release(IpAddress address) {
    if (connectionsMax > 0 && !proxies.contains(address)) {
      connections.computeIfPresent(
          client(address), (client, count) -> count == 1 ? null : count - 1);
    }
  }

  /// How many clients have connections now.
  public int clients() {
    return connections.size();
  }

  private static IpAddress client(IpAddress address) {
    return address.isIpv4() ? address : address.prefix(IPV6_CLIENT_BITS);
  }
}
