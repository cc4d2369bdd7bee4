package io.tercet.http.parse;

import io.tercet.http.message.IpAddress;
import java.util.Locale;

/// The syntax of a Host field, and of the authority of a request target. Source: RFC 9110 §7.2, RFC
/// 3986 §3.2.2.
final class HostSyntax {
  private HostSyntax() {}

  /// Whether it is a name, an IPv4 address or an IPv6 address in brackets, perhaps with a port.
  static boolean isValid(String host) {
    if (host.isEmpty()) {
      return false;
    }
    int nameEnd = nameEnd(host);
    boolean named =
        host.startsWith("[")
            ? nameEnd > 2 && isIpv6(host.substring(1, nameEnd - 1))
            : nameEnd > 0 && isName(host, nameEnd);
    return named && (nameEnd == host.length() || isPort(host, nameEnd));
  }

  /// Whether a valid host has a port that is not empty.
  static boolean namesPort(String host) {
    return nameEnd(host) < host.length() - 1;
  }

  /// Whether two valid hosts are the same. Case, a final dot and the usual port do not matter.
  static boolean isSame(String one, String other) {
    return one.equals(other) || plain(one).equals(plain(other));
  }

  private static String plain(String host) {
    int end = nameEnd(host);
    int nameTo = end > 1 && host.charAt(end - 1) == '.' ? end - 1 : end;
    String port = host.substring(Math.min(end + 1, host.length()));
    String name = host.substring(0, nameTo).toLowerCase(Locale.ROOT);
    return port.isEmpty() || port.equals("80") ? name : name + ":" + port;
  }

  /// Where the host ends and the port begins; 0 if a bracket does not close.
  private static int nameEnd(String host) {
    if (host.startsWith("[")) {
      return host.indexOf(']') + 1;
    }
    int colon = host.indexOf(':');
    return colon < 0 ? host.length() : colon;
  }

  private static boolean isName(String host, int end) {
    for (int i = 0; i < end; i++) {
      char c = host.charAt(i);
      if (c >= 128 || !Octets.isHost((byte) c)) {
        return false;
      }
      if (c == '%' && !(i + 2 < end && isHex(host.charAt(i + 1)) && isHex(host.charAt(i + 2)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIpv6(String address) {
    return address.indexOf(':') >= 0 && IpAddress.parse(address).isPresent();
  }

  private static boolean isHex(char c) {
    return c < 128 && Octets.hex((byte) c) >= 0;
  }

  private static boolean isPort(String host, int colon) {
    if (host.charAt(colon) != ':' || host.length() - colon > 6) {
      return false;
    }
    for (int i = colon + 1; i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
