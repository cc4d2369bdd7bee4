package io.tercet.http.message;

import java.util.ArrayList;
import java.util.List;

/// A range of addresses with a common prefix: `10.0.0.0/8`, `fd00::/8`, or one address.
///
/// Source: RFC 4632 §3.1, RFC 4291 §2.3.
///
/// @param first the address with all bits after the prefix zero
/// @param bits length of the prefix, of the 128; an IPv4 prefix of n bits is 96 + n
public record IpAddressRange(IpAddress first, int bits) {
  private static final int IPV4_BEGINS = 96;

  /// Rejects a prefix longer than an address, and bits after it.
  public IpAddressRange {
    if (bits < 0 || bits > 128 || !first.prefix(bits).equals(first)) {
      throw new IllegalArgumentException(first + " does not end at bit " + bits);
    }
  }

  /// Ranges from a list such as `10.0.0.0/8,::1`.
  ///
  /// @throws IllegalArgumentException naming what is no range
  public static List<IpAddressRange> list(String text) {
    List<IpAddressRange> ranges = new ArrayList<>();
    for (String range : text.split(",", -1)) {
      ranges.add(parse(range.strip()));
    }
    return List.copyOf(ranges);
  }

  /// Whether the address is in the range.
  public boolean contains(IpAddress address) {
    return address.prefix(bits).equals(first);
  }

  private static IpAddressRange parse(String text) {
    int slash = text.indexOf('/');
    String named = slash < 0 ? text : text.substring(0, slash);
    IpAddress address =
        IpAddress.parse(named)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a range of addresses is such as 10.0.0.0/8 or ::1, not " + text));
    int begins = address.isIpv4() ? IPV4_BEGINS : 0;
    String length = slash < 0 ? Integer.toString(128 - begins) : text.substring(slash + 1);
    boolean fits = length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= 128 - begins;
    if (!fits) {
      throw new IllegalArgumentException(text + " has no such number of bits");
    }
    int bits = begins + Integer.parseInt(length);
    if (!address.prefix(bits).equals(address)) {
      throw new IllegalArgumentException(
          text + " begins in the middle; say " + address.prefix(bits) + "/" + length);
    }
    return new IpAddressRange(address, bits);
  }
}
