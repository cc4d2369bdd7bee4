package io.tercet.http.parse;

import java.net.Inet6Address;

/// What a Host field, or the authority of a target, may be. Source: RFC 9110 §7.2, RFC 3986 §3.2.2.
final class HostSyntax {
  private HostSyntax() {}

  /// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. Not empty.
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

  /// 0 if there is none.
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
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (c != ':' && c != '.' && !isHex(c)) {
        return false;
      }
    }
    try {
      // Nothing is looked up: this is the platform's parser of literals.
      return address.indexOf(':') >= 0
          && !hasLeadingZero(address)
          && Inet6Address.ofLiteral(address) != null;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  /// In the numbers of an IPv4 address at the end, where the platform takes what others read as
  /// octal.
  private static boolean hasLeadingZero(String address) {
    if (address.indexOf('.') < 0) {
      return false;
    }
    for (int i = address.lastIndexOf(':') + 1; i < address.length() - 1; i++) {
      boolean begins = address.charAt(i - 1) == ':' || address.charAt(i - 1) == '.';
      if (begins && address.charAt(i) == '0' && address.charAt(i + 1) != '.') {
        return true;
      }
    }
    return false;
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
