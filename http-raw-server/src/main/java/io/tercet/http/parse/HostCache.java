package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.message.Headers;
import org.jspecify.annotations.Nullable;

/// Remembers the host of the last request. Most requests are for the same host as the request
/// before them, so its text is made and checked only once.
///
/// - Bounds: [#OCTETS_MAX]. A longer host is not remembered.
/// - Threading: confined to its parser.
final class HostCache {
  /// A name of the DNS has at most 253 octets, and a port adds six.
  static final int OCTETS_MAX = 259;

  private byte[] octets = new byte[0];
  private String text = "";

  /// The value of a field, or null if it is no valid host.
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
