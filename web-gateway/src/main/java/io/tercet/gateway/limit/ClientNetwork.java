package io.tercet.gateway.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a client connects from, as far as limits tell clients apart: an IPv4 address, or the /64
/// of an IPv6 address, which one client has all of. Source: RFC 6177.
///
/// @param text the address in hexadecimal digits, or its first 64 bits
public record ClientNetwork(String text) {

  private static final int PREFIX_BYTES = 8;

  public static ClientNetwork of(InetAddress address) {
    byte[] octets = address.getAddress();
    byte[] network = address instanceof Inet6Address ? Arrays.copyOf(octets, PREFIX_BYTES) : octets;
    return new ClientNetwork(HexFormat.of().formatHex(network));
  }
}
