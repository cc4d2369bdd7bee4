package io.tercet.gateway.parse;

import java.util.Locale;
import java.util.regex.Pattern;

/// Host and optional port of a target in absolute form. User information is no part of it.
///
/// Source: RFC 9110 §4.2.4, RFC 9112 §3.2.2.
final class Authority {

  private static final Pattern FORM =
      Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{0,5})?");

  private static final Pattern USUAL_PORT = Pattern.compile("\\.?(?::(?:80)?)?$");

  private Authority() {}

  static boolean isValid(String authority) {
    return FORM.matcher(authority).matches();
  }

  /// Whether both name the same host and port. Case, a final dot and the usual port do not matter.
  static boolean isSame(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String authority) {
    return USUAL_PORT
        .matcher(authority.toLowerCase(Locale.ROOT))
        .replaceFirst("")
        .replace(".:", ":");
  }
}
