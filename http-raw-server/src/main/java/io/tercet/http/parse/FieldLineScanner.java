package io.tercet.http.parse;

/// Scans one header or trailer line.
///
/// A result is one `int`, because this runs for each line of each request: the index after the
/// line's CRLF, or [#INCOMPLETE], or a broken [Rule] as a number below that. An empty line ends two
/// bytes after it began. Source: RFC 9112 §5.
final class FieldLineScanner {
  static final int INCOMPLETE = -1;
  private static final Rule[] RULES = Rule.values();

  private FieldLineScanner() {}

  @SuppressWarnings("EnumOrdinal") // The number never leaves this package.
  static int broken(Rule rule) {
    return -2 - rule.ordinal();
  }

  static Rule rule(int result) {
    return RULES[-2 - result];
  }

  /// Scans the line at `from` and writes where its name and value are to `offsets[at, at + 4)`.
  static int scan(byte[] bytes, int from, int to, int[] offsets, int at) {
    if (from == to) {
      return INCOMPLETE;
    }
    byte first = bytes[from];
    if (first == '\r') {
      return lineEnd(bytes, from, to);
    }
    if (first == '\n') {
      return broken(Rule.BARE_LF);
    }
    if (Octets.isBlank(first)) {
      return broken(Rule.OBSOLETE_FOLDING);
    }
    int i = from;
    while (i < to && Octets.isToken(bytes[i])) {
      i++;
    }
    if (i == to) {
      return INCOMPLETE;
    }
    if (bytes[i] != ':' || i == from) {
      return broken(nameRule(bytes[i]));
    }
    offsets[at] = from;
    offsets[at + 1] = i;
    return value(bytes, i + 1, to, offsets, at + 2);
  }

  private static Rule nameRule(byte c) {
    if (c == '\n') {
      return Rule.BARE_LF;
    }
    return Octets.isBlank(c) ? Rule.SPACE_BEFORE_COLON : Rule.FIELD_NAME;
  }

  private static int value(byte[] bytes, int from, int to, int[] offsets, int at) {
    int start = from;
    while (start < to && Octets.isBlank(bytes[start])) {
      start++;
    }
    int i = start;
    while (i < to && Octets.isFieldValue(bytes[i])) {
      i++;
    }
    if (i == to) {
      return INCOMPLETE;
    }
    if (bytes[i] != '\r') {
      return broken(bytes[i] == '\n' ? Rule.BARE_LF : Rule.FIELD_VALUE);
    }
    int end = i;
    while (end > start && Octets.isBlank(bytes[end - 1])) {
      end--;
    }
    offsets[at] = start;
    offsets[at + 1] = end;
    return lineEnd(bytes, i, to);
  }

  private static int lineEnd(byte[] bytes, int cr, int to) {
    if (cr + 1 == to) {
      return INCOMPLETE;
    }
    return bytes[cr + 1] == '\n' ? cr + 2 : broken(Rule.BARE_CR);
  }
}
