package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.message.Headers;
import org.jspecify.annotations.Nullable;

/// The host that was asked for last: most requests are for the one that the request before them was
/// for, whoever sends them, and its text is made and checked only once.
///
/// - Bounds: [#OCTETS_MAX]. A longer one is read anew each time.
/// - Threading: confined to its parser.
final class HostCache {
  /// Octets that are kept: a name of the DNS has no more than 253, and a port adds six.
  static final int OCTETS_MAX = 259;

  private byte[] octets = new byte[0];
  private String text = "";

  /// The value of a field, or null if it is no host.
  @Nullable String read(Headers headers, int field) {
    if (octets.length > 0 && headers.isValue(field, octets)) {
      return text;
    }
    String value = headers.value(field);
    if (!HostSyntax.isValid(value)) {
      return null;
    }
    if (value.length() <= OCTETS_MAX) {
      octets = value.getBytes(ISO_8859_1);
      text = value;
    }
    return value;
  }
}
