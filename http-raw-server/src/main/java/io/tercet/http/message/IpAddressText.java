package io.tercet.http.message;

import java.net.Inet6Address;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Addresses as text. Source: RFC 4291 §2.2, RFC 5952; RFC 6943 §3.1.1 for why IPv4 is dotted
/// decimal only (programs read the other forms differently).
final class IpAddressText {
  private static final int GROUPS = 8;
  private static final Pattern IPV6 =
      Pattern.compile("(?:[0-9a-fA-F]{0,4}:){2,8}(?:[0-9a-fA-F]{0,4}|[0-9.]+)");

  private IpAddressText() {}

  static Optional<IpAddress> parse(String text) {
    return Optional.ofNullable(text.indexOf(':') < 0 ? ipv4(text) : ipv6(text));
  }

  static String of(IpAddress address) {
    return address.isIpv4() ? dotted((int) address.low()) : groups(address);
  }

  private static String dotted(int bits) {
    return (bits >>> 24)
        + "."
        + (bits >> 16 & 0xff)
        + "."
        + (bits >> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }

  private static String groups(IpAddress address) {
    int from = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && group(address, end) == 0) {
        end++;
      }
      if (end - i > length) {
        from = i;
        length = end - i;
      }
    }
    StringBuilder text = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (length > 1 && i == from) {
        text.append("::");
        i += length - 1;
      } else {
        boolean follows = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(follows ? ":" : "").append(Integer.toHexString(group(address, i)));
      }
    }
    return text.toString();
  }

  private static int group(IpAddress address, int index) {
    long half = index < GROUPS / 2 ? address.high() : address.low();
    return (int) (half >>> (48 - 16 * (index % (GROUPS / 2)))) & 0xffff;
  }

  private static @Nullable IpAddress ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    int bits = 0;
    for (String part : parts) {
      // Some programs read a leading zero as octal.
      boolean fits = part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255;
      if (!fits) {
        return null;
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return IpAddress.ofIpv4(bits);
  }

  private static @Nullable IpAddress ipv6(String text) {
    boolean isMixed = text.indexOf('.') >= 0;
    // The platform also reads scopes, longer groups, and numbers that begin with a zero.
    if (!IPV6.matcher(text).matches()
        || (isMixed && ipv4(text.substring(text.lastIndexOf(':') + 1)) == null)) {
      return null;
    }
    try {
      byte[] bytes = Inet6Address.ofLiteral(text).getAddress();
      return IpAddress.of(bytes, 0, bytes.length);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
