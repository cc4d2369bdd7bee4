package io.tercet.chat.rate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Where a client connects from, as far as limits tell clients apart: an IPv4 address, or the /64
/// of an IPv6 address. A home or a rented machine has at least a /64, so that one client could use
/// a new IPv6 address for each request.
///
/// Source: RFC 6177.
///
/// @param text the address, or the first of the /64
public record ClientNetwork(String text) {

  private static final int PREFIX_BYTES = 8;

  /// The network of an address; a text that is no address stands for itself.
  public static ClientNetwork of(String address) {
    try {
      InetAddress literal = InetAddress.ofLiteral(address.replaceAll("[\\[\\]]|%.*", ""));
      return new ClientNetwork(
          literal instanceof Inet6Address six ? first(six) : literal.getHostAddress());
    } catch (IllegalArgumentException e) {
      return new ClientNetwork(address);
    }
  }

  private static String first(Inet6Address address) {
    byte[] octets = address.getAddress();
    Arrays.fill(octets, PREFIX_BYTES, octets.length, (byte) 0);
    try {
      return InetAddress.getByAddress(octets).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("An address of 16 bytes is one", e);
    }
  }
}
