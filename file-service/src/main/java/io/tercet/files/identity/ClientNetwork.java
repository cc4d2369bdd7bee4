package io.tercet.files.ftp.control;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Where a client is, as far as its share is concerned: an IPv4 address, or an IPv6 network of /64,
/// which is what one subscriber has at least.
record ClientAddress(ByteBuffer prefix) {
  private static final int NETWORK_BYTES = 8;

  static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new ClientAddress(
        ByteBuffer.wrap(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes));
  }
}
