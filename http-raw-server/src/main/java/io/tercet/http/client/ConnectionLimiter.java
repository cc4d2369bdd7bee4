package io.tercet.http.client;

import io.tercet.http.message.IpAddress;
import io.tercet.http.message.IpAddressRange;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// Who calls: which proxies are believed about their clients, and how many connections one client
/// may have.
///
/// A client is an IPv4 address or an IPv6 network of 64 bits, because whoever has one address of
/// such a network has them all. A trusted proxy is not a client: it has as many as it likes.
///
/// Threading: shared by all conversations of a server; the counts are of one process.
public final class ConnectionLimiter {
  private static final int IPV6_CLIENT_BITS = 64;

  private final List<IpAddressRange> trusted;
  private final boolean proxyProtocol;
  private final int connectionsMax;
  private final ConcurrentHashMap<IpAddress, Integer> connections = new ConcurrentHashMap<>();

  /// @param trusted where proxies connect from
  /// @param proxyProtocol whether their connections begin with a PROXY header
  /// @param connectionsMax per client; 0 for any number
  public ConnectionLimiter(
      List<IpAddressRange> trusted, boolean proxyProtocol, int connectionsMax) {
    this.trusted = List.copyOf(trusted);
    this.proxyProtocol = proxyProtocol;
    this.connectionsMax = connectionsMax;
  }

  /// Believes nobody and limits nobody.
  public static ConnectionLimiter any() {
    return new ConnectionLimiter(List.of(), false, 0);
  }

  /// Whether it makes no difference who calls.
  boolean areAlike() {
    return trusted.isEmpty() && connectionsMax == 0;
  }

  boolean isTrusted(IpAddress address) {
    for (IpAddressRange range : trusted) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  boolean beginsWithProxyHeader(IpAddress peer) {
    return proxyProtocol && isTrusted(peer);
  }

  /// Counts a connection for this address; false, and not counted, if its client has enough.
  public boolean enter(IpAddress address) {
    if (connectionsMax == 0 || isTrusted(address)) {
      return true;
    }
    IpAddress client = client(address);
    // Never counted first and taken back: two who are refused would refuse a third that fits.
    while (true) {
      Integer before = connections.get(client);
      if (before != null && before >= connectionsMax) {
        return false;
      }
      boolean entered =
          before == null
              ? connections.putIfAbsent(client, 1) == null
              : connections.replace(client, before, before + 1);
      if (entered) {
        return true;
      }
    }
  }

  /// Takes back what [#enter] counted.
  public void leave(IpAddress address) {
    if (connectionsMax > 0 && !isTrusted(address)) {
      connections.computeIfPresent(
          client(address), (client, count) -> count == 1 ? null : count - 1);
    }
  }

  /// How many clients have connections now.
  public int count() {
    return connections.size();
  }

  private static IpAddress client(IpAddress address) {
    return address.isIpv4() ? address : address.prefix(IPV6_CLIENT_BITS);
  }
}
