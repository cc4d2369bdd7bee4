package io.tercet.http.parse;

import org.jspecify.annotations.Nullable;

/// The extensions behind a chunk's size: `;name`, `;name=token` and `;name="quoted"`, with blanks
/// around `;` and `=`. Nobody here understands any, so they are checked and dropped.
///
/// - Bounds: [RequestLimits#chunkLineBytesMax()], which [ChunkedDecoder] checks.
/// - Rejects what is none of these, every octet past ASCII, and a quoted text that does not end: a
///   reader that does not know the grammar could see the end of the line elsewhere.
///
/// Source: RFC 9112 §7.1.1, RFC 9110 §5.6.4.
final class ChunkExtensions {
  private enum Part {
    BEFORE_NAME,
    NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    TOKEN,
    QUOTED,
    ESCAPED,
    AFTER_QUOTED,
    AFTER_VALUE
  }

  private Part part = Part.BEFORE_NAME;

  /// Behind the semicolon that begins the first extension.
  void begin() {
    part = Part.BEFORE_NAME;
  }

  /// Whether `c` may stand here.
  boolean accepts(byte c) {
    Part next = next(c);
    if (next == null) {
      return false;
    }
    part = next;
    return true;
  }

  /// Whether the line may end here.
  boolean mayEnd() {
    return part == Part.NAME || part == Part.TOKEN || part == Part.AFTER_QUOTED;
  }

  private @Nullable Part next(byte c) {
    return switch (part) {
      case BEFORE_NAME -> Octets.isBlank(c) ? part : Octets.isToken(c) ? Part.NAME : null;
      case NAME -> Octets.isToken(c) ? part : behindName(c);
      case AFTER_NAME -> behindName(c);
      case BEFORE_VALUE ->
          Octets.isBlank(c) ? part : c == '"' ? Part.QUOTED : Octets.isToken(c) ? Part.TOKEN : null;
      case TOKEN -> Octets.isToken(c) ? part : behindValue(c);
      case QUOTED -> c == '"' ? Part.AFTER_QUOTED : c == '\\' ? Part.ESCAPED : text(c);
      case ESCAPED -> text(c);
      case AFTER_QUOTED, AFTER_VALUE -> behindValue(c);
    };
  }

  private static @Nullable Part behindName(byte c) {
    return switch (c) {
      case '=' -> Part.BEFORE_VALUE;
      case ';' -> Part.BEFORE_NAME;
      default -> Octets.isBlank(c) ? Part.AFTER_NAME : null;
    };
  }

  private static @Nullable Part behindValue(byte c) {
    return c == ';' ? Part.BEFORE_NAME : Octets.isBlank(c) ? Part.AFTER_VALUE : null;
  }

  private static @Nullable Part text(byte c) {
    return Octets.isBlank(c) || (c > ' ' && c < 0x7f) ? Part.QUOTED : null;
  }
}
