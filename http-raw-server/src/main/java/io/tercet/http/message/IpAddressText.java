package io.tercet.http.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Addresses as text. Source: RFC 4291 §2.2, RFC 5952, RFC 6943 §3.1.1 (why IPv4 is dotted decimal
/// only: other forms are read differently by others).
final class IpAddressText {
  private static final int GROUPS = 8;

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
      // A leading zero would mean octal to some.
      boolean fits = part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255;
      if (!fits) {
        return null;
      }
      bits = bits << 8 | Integer.parseInt(part);
    }
    return IpAddress.ofIpv4(bits);
  }

  private static @Nullable IpAddress ipv6(String text) {
    String whole = text;
    int lastColon = text.lastIndexOf(':');
    if (text.indexOf('.') > lastColon) {
      IpAddress tail = ipv4(text.substring(lastColon + 1));
      if (tail == null) {
        return null;
      }
      whole =
          text.substring(0, lastColon + 1)
              + Long.toHexString(tail.low() >>> 16 & 0xffff)
              + ":"
              + Long.toHexString(tail.low() & 0xffff);
    }
    int gap = whole.indexOf("::");
    if (gap != whole.lastIndexOf("::")) {
      return null;
    }
    String[] before = split(gap < 0 ? whole : whole.substring(0, gap));
    String[] after = split(gap < 0 ? "" : whole.substring(gap + 2));
    int given = before.length + after.length;
    if (gap < 0 ? given != GROUPS : given >= GROUPS) {
      return null;
    }
    long[] halves = new long[2];
    boolean fits = place(before, 0, halves) && place(after, GROUPS - after.length, halves);
    return fits ? new IpAddress(halves[0], halves[1]) : null;
  }

  private static String[] split(String groups) {
    return groups.isEmpty() ? new String[0] : groups.split(":", -1);
  }

  private static boolean place(String[] groups, int at, long[] halves) {
    for (int i = 0; i < groups.length; i++) {
      if (!groups[i].matches("[0-9a-fA-F]{1,4}")) {
        return false;
      }
      int index = at + i;
      long value = Long.parseLong(groups[i], 16);
      halves[index / 4] |= value << (48 - 16 * (index % 4));
    }
    return true;
  }
}
