package io.tercet.http.client;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.IpAddress;
import org.jspecify.annotations.Nullable;

/// The header of the PROXY protocol, version 2, in which a proxy says for whom it connects.
///
/// ```
///   signature 12 | version 4 bits, command 4 bits | family 1 | length 2, network order
///   TCP over IPv4: source  4 | target  4 | source port 2 | target port 2 | more
///   TCP over IPv6: source 16 | target 16 | source port 2 | target port 2 | more
/// ```
///
/// Input may stop anywhere: what may still become a header is incomplete. Immutable.
///
/// - Bounds: [#BYTES_MAX] in all. What follows the addresses (TLVs) is skipped.
/// - Rejects anything else: an unassigned family, a length too short for its addresses, and
///   version 1, because nobody needs two versions.
///
/// Source: The PROXY protocol, versions 1 and 2, §2.2.
///
/// @param state whether it is whole
/// @param source for whom the proxy connects; null if it connects for itself, or cannot say
/// @param end index after its last byte, if it is whole
public record ProxyHeader(State state, @Nullable Endpoint source, int end) {
  /// The most bytes of a header: its addresses and the TLVs of any proxy we know.
  public static final int BYTES_MAX = 4096;

  /// What a look at the bytes found.
  public enum State {
    INCOMPLETE,
    COMPLETE,
    /// Nothing after it can be trusted.
    REJECTED
  }

  private static final byte[] SIGNATURE = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };
  private static final ProxyHeader INCOMPLETE = new ProxyHeader(State.INCOMPLETE, null, 0);
  private static final ProxyHeader REJECTED = new ProxyHeader(State.REJECTED, null, 0);
  private static final int ADDRESSES_AT = 16;
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int TCP_IPV4 = 0x11;
  private static final int TCP_IPV6 = 0x21;

  /// Looks at `bytes[from, to)`, the first of a connection.
  public static ProxyHeader parse(byte[] bytes, int from, int to) {
    int have = to - from;
    for (int i = 0; i < Math.min(have, SIGNATURE.length); i++) {
      if (bytes[from + i] != SIGNATURE[i]) {
        return REJECTED;
      }
    }
    if (have > 12 && !isCommand(bytes[from + 12])) {
      return REJECTED;
    }
    if (have > 13 && bytes[from + 12] == PROXY && !isFamily(bytes[from + 13])) {
      return REJECTED;
    }
    if (have < ADDRESSES_AT) {
      return INCOMPLETE;
    }
    int length = number(bytes, from + 14);
    if (length > BYTES_MAX - ADDRESSES_AT) {
      return REJECTED;
    }
    int addressBytes = addressBytes(bytes[from + 12], bytes[from + 13]);
    if (addressBytes > 0 && length < 2 * addressBytes + 4) {
      return REJECTED;
    }
    if (have < ADDRESSES_AT + length) {
      return INCOMPLETE;
    }
    int end = from + ADDRESSES_AT + length;
    return new ProxyHeader(State.COMPLETE, source(bytes, from, addressBytes), end);
  }

  /// Version 2, and LOCAL or PROXY.
  private static boolean isCommand(byte versionAndCommand) {
    return versionAndCommand == LOCAL || versionAndCommand == PROXY;
  }

  /// Assigned are unknown, IPv4, IPv6 and local sockets, each with unknown, streams and datagrams.
  /// A proxy that connects for itself may send any value.
  private static boolean isFamily(byte familyAndProtocol) {
    return (familyAndProtocol & 0xf0) <= 0x30 && (familyAndProtocol & 0x0f) <= 0x02;
  }

  /// 0 if the addresses do not count: the proxy connects for itself, or not by TCP.
  private static int addressBytes(byte versionAndCommand, byte family) {
    if (versionAndCommand == LOCAL) {
      return 0;
    }
    return switch (family) {
      case TCP_IPV4 -> 4;
      case TCP_IPV6 -> 16;
      default -> 0;
    };
  }

  private static @Nullable Endpoint source(byte[] bytes, int from, int addressBytes) {
    if (addressBytes == 0) {
      return null;
    }
    int at = from + ADDRESSES_AT;
    int port = number(bytes, at + 2 * addressBytes);
    return new Endpoint(IpAddress.of(bytes, at, addressBytes), port);
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
