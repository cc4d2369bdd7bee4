package io.tercet.files.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where a client is, as far as its share is concerned: an IPv4 address, or an IPv6 network of /64,
/// which is what one subscriber has at least.
///
/// Source: RFC 6177.
public record ClientNetwork(ByteBuffer prefix) {
  private static final int IPV6_BYTES = 8;

  /// The network of an address.
  public static ClientNetwork of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new ClientNetwork(
        ByteBuffer.wrap(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_BYTES) : bytes));
  }
}
