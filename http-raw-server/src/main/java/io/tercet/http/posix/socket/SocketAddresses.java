package io.tercet.http.posix.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.tercet.http.message.IpAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/// `struct sockaddr_in` (16 bytes) and `struct sockaddr_in6` (28 bytes): ip(7), ipv6(7).
///
/// ```
///   in : family 2 | port 2, network order | address 4  | zero 8
///   in6: family 2 | port 2, network order | flow info 4 | address 16 | scope 4
/// ```
final class SocketAddresses {
  private static final ValueLayout.OfShort PORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt BITS = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong HALF =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final long PORT_AT = 2;

  private SocketAddresses() {}

  static int family(InetSocketAddress address) {
    return address.getAddress().getAddress().length == 4
        ? SocketCalls.AF_INET
        : SocketCalls.AF_INET6;
  }

  static MemorySegment encode(InetSocketAddress address, Arena arena) {
    byte[] bytes = address.getAddress().getAddress();
    MemorySegment encoded = empty(address, arena);
    encoded.set(JAVA_SHORT, 0, (short) family(address));
    encoded.set(PORT, PORT_AT, (short) address.getPort());
    MemorySegment.copy(bytes, 0, encoded, JAVA_BYTE, addressAt(bytes.length), bytes.length);
    return encoded;
  }

  /// Room for an address of the same family.
  static MemorySegment empty(InetSocketAddress like, Arena arena) {
    return arena.allocate(family(like) == SocketCalls.AF_INET ? 16 : 28, 4);
  }

  static InetSocketAddress decode(MemorySegment encoded) {
    int length = encoded.get(JAVA_SHORT, 0) == SocketCalls.AF_INET ? 4 : 16;
    byte[] bytes = new byte[length];
    MemorySegment.copy(encoded, JAVA_BYTE, addressAt(length), bytes, 0, length);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port(encoded));
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// The first half of an address of 128 bits; an IPv4 one is mapped, as [IpAddress] has it.
  static long high(MemorySegment encoded) {
    return isIpv4(encoded) ? 0 : encoded.get(HALF, addressAt(16));
  }

  /// The second half.
  static long low(MemorySegment encoded) {
    return isIpv4(encoded)
        ? IpAddress.ofIpv4(encoded.get(BITS, addressAt(4))).low()
        : encoded.get(HALF, addressAt(16) + Long.BYTES);
  }

  static int port(MemorySegment encoded) {
    return encoded.get(PORT, PORT_AT) & 0xffff;
  }

  private static boolean isIpv4(MemorySegment encoded) {
    return encoded.byteSize() == 16;
  }

  private static long addressAt(int addressBytes) {
    return addressBytes == 4 ? 4 : 8;
  }
}
