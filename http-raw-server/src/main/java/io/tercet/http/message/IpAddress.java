package io.tercet.http.message;

import java.util.Optional;

/// An IP address, as a value of 128 bits.
///
/// - Shape: an IPv4 address is `::ffff:a.b.c.d`, so it is the same address on an IPv4 and on an
///   IPv6 socket (RFC 4291 §2.5.5.2).
/// - Text: IPv4 in dots; IPv6 in lower case with its longest run of zeros left out (RFC 5952).
///
/// @param high the first 64 bits, which for IPv6 name the network
/// @param low the last 64 bits
public record IpAddress(long high, long low) {
  private static final long MAPPED = 0xffffL << 32;

  /// An IPv4 address from its 32 bits.
  public static IpAddress ofIpv4(int bits) {
    return new IpAddress(0, MAPPED | (bits & 0xffffffffL));
  }

  /// An address from its 4 or 16 bytes, in network order.
  public static IpAddress of(byte[] bytes, int from, int length) {
    if (length == 4) {
      return ofIpv4((int) number(bytes, from, 4));
    }
    if (length == 16) {
      return new IpAddress(number(bytes, from, 8), number(bytes, from + 8, 8));
    }
    throw new IllegalArgumentException("no address of " + length + " bytes");
  }

  /// An address from its text, or empty if it is none. It never asks a name server.
  public static Optional<IpAddress> parse(String text) {
    return IpAddressText.parse(text);
  }

  /// Whether it is an IPv4 address.
  public boolean isIpv4() {
    return high == 0 && low >>> 32 == 0xffff;
  }

  /// The first `bits` of the 128, the rest zero.
  public IpAddress prefix(int bits) {
    return new IpAddress(masked(high, bits), masked(low, bits - Long.SIZE));
  }

  @Override
  public String toString() {
    return IpAddressText.of(this);
  }

  private static long masked(long half, int bits) {
    if (bits <= 0) {
      return 0;
    }
    return bits >= Long.SIZE ? half : half & (-1L << (Long.SIZE - bits));
  }

  private static long number(byte[] bytes, int from, int length) {
    long number = 0;
    for (int i = from; i < from + length; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    return number;
  }
}
