package io.tercet.http.parse;

/// The character classes of HTTP and URIs: which bytes may stand where.
final class Octets {
  private static final boolean[] TOKEN = lettersDigitsAnd("!#$%&'*+-.^_`|~");

  /// RFC 3986's characters, and `"|^{}[]` that browsers leave as they are (WHATWG URL).
  private static final boolean[] TARGET = lettersDigitsAnd("-._~:/?[]@!$&'()*+,;=%|^{}\"");

  /// The same, and characters that browsers leave as they are in a query alone.
  private static final boolean[] QUERY = lettersDigitsAnd("-._~:/?[]@!$&'()*+,;=%|^{}\"\\`");

  /// A registered name (RFC 3986 §3.2.2) without the comma, which would separate joined fields.
  private static final boolean[] HOST = lettersDigitsAnd("-._~!$&'()*+;=%");

  private Octets() {}

  static boolean isToken(byte c) {
    return TOKEN[c & 0xff];
  }

  static boolean isTarget(byte c) {
    return TARGET[c & 0xff];
  }

  static boolean isQuery(byte c) {
    return QUERY[c & 0xff];
  }

  static boolean isHost(byte c) {
    return HOST[c & 0xff];
  }

  /// HTAB, SP, VCHAR and obs-text (RFC 9110 §5.5).
  static boolean isFieldValue(byte c) {
    return c >= ' ' ? c != 0x7f : c < 0 || c == '\t';
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /// The value of a hexadecimal digit, or -1.
  static int hex(byte c) {
    return c < 0 ? -1 : Character.digit(c, 16);
  }

  private static boolean[] lettersDigitsAnd(String others) {
    boolean[] allowed = new boolean[256];
    for (int c = 0; c < 128; c++) {
      allowed[c] = Character.isLetterOrDigit(c) || others.indexOf(c) >= 0;
    }
    return allowed;
  }
}
