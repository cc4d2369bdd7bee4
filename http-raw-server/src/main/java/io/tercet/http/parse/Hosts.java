package io.tercet.http.parse;

/// What a Host field, or the authority of a target, may be. Source: RFC 9110 §7.2, RFC 3986 §3.2.2.
final class Hosts {
  private Hosts() {}

  /// A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. Not empty.
  static boolean isValid(String host) {
    if (host.isEmpty()) {
      return false;
    }
    int nameEnd = host.startsWith("[") ? host.indexOf(']') + 1 : nameEnd(host);
    return nameEnd > 0
        && isName(host, nameEnd)
        && (nameEnd == host.length() || isPort(host, nameEnd));
  }

  private static int nameEnd(String host) {
    int colon = host.indexOf(':');
    return colon < 0 ? host.length() : colon;
  }

  private static boolean isName(String host, int end) {
    boolean literal = host.charAt(0) == '[';
    for (int i = literal ? 1 : 0; i < (literal ? end - 1 : end); i++) {
      char c = host.charAt(i);
      boolean fits =
          literal
              ? c == ':' || c == '.' || Character.digit(c, 16) >= 0
              : c < 128 && Octets.isHost((byte) c) && c != ':' && c != '[' && c != ']';
      if (!fits) {
        return false;
      }
    }
    return !literal || end > 2;
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
