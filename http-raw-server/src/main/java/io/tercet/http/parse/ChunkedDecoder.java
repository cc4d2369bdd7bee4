package io.tercet.http.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A chunked body: `size [; extensions] CRLF data CRLF` repeated, a size of 0, trailers, an empty
/// line.
///
/// - Bounds: [RequestLimits#chunkLineBytesMax()] for a size line, 15 digits for the size in it,
///   `bytesMax` for all data, and the limits of header fields for trailers, which are checked and
///   dropped.
/// - Rejects bare CR and LF everywhere, a size that is not hexadecimal, malformed
///   [ChunkExtensions], data that is longer than its size.
///
/// Source: RFC 9112 §7.1.
final class ChunkedDecoder implements BodyDecoder {
  private enum Part {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILERS,
    DONE
  }

  private final RequestLimits limits;
  private final long bytesMax;
  private final ChunkExtensions extensions = new ChunkExtensions();
  private Part part = Part.SIZE;
  private @Nullable Rule broken;
  private long size;
  private int lineBytes;
  private long bodyBytes;
  private byte[] trailer = new byte[0];
  private int trailerBytes;
  private int trailerCount;

  ChunkedDecoder(RequestLimits limits, long bytesMax) {
    this.limits = limits;
    this.bytesMax = bytesMax;
  }

  @Override
  public int heldBytes() {
    return trailer.length;
  }

  @Override
  public int read(byte[] bytes, int from, int to, Consumer consumer) {
    int i = from;
    while (i < to && broken == null && part != Part.DONE) {
      if (part == Part.DATA) {
        int taken = (int) Math.min(size, to - i);
        consumer.accept(bytes, i, taken);
        size -= taken;
        i += taken;
        part = size == 0 ? Part.DATA_CR : Part.DATA;
      } else {
        broken = step(bytes[i]);
        i++;
      }
    }
    return i;
  }

  @Override
  public boolean isComplete() {
    return part == Part.DONE;
  }

  @Override
  public @Nullable Rule broken() {
    return broken;
  }

  private @Nullable Rule step(byte c) {
    return switch (part) {
      case SIZE, EXTENSION -> sizeLine(c);
      case SIZE_LF -> sizeEnd(c);
      case DATA_CR -> expect(c, '\r', Part.DATA_LF);
      case DATA_LF -> expect(c, '\n', Part.SIZE);
      case TRAILERS -> trailer(c);
      case DATA, DONE -> throw new IllegalStateException(part.name());
    };
  }

  private @Nullable Rule sizeLine(byte c) {
    if (c == '\n') {
      return Rule.BARE_LF;
    }
    if (c == '\r' && lineBytes > 0) {
      boolean whole = part == Part.SIZE || extensions.mayEnd();
      part = Part.SIZE_LF;
      return whole ? null : Rule.CHUNK_EXTENSION;
    }
    lineBytes++;
    boolean fits = lineBytes <= limits.chunkLineBytesMax();
    if (part == Part.EXTENSION) {
      return fits && extensions.accepts(c) ? null : Rule.CHUNK_EXTENSION;
    }
    return fits ? size(c) : Rule.CHUNK_SIZE;
  }

  private @Nullable Rule size(byte c) {
    if (c == ';' && lineBytes > 1) {
      part = Part.EXTENSION;
      extensions.begin();
      return null;
    }
    int digit = Octets.hex(c);
    size = size * 16 + digit;
    // 15 digits fit a long.
    return digit < 0 || lineBytes > 15 ? Rule.CHUNK_SIZE : null;
  }

  private @Nullable Rule sizeEnd(byte c) {
    if (c != '\n') {
      return Rule.BARE_CR;
    }
    bodyBytes += size;
    lineBytes = 0;
    part = size == 0 ? Part.TRAILERS : Part.DATA;
    return bodyBytes > bytesMax ? Rule.BODY_TOO_LARGE : null;
  }

  private @Nullable Rule expect(byte c, char wanted, Part next) {
    if (c != wanted) {
      return Rule.CHUNK_END;
    }
    part = next;
    return null;
  }

  /// Gathers one trailer line at a time and checks it like a header line.
  private @Nullable Rule trailer(byte c) {
    if (trailerBytes >= limits.headerBytesMax()) {
      return Rule.FIELDS_TOO_LARGE;
    }
    if (lineBytes == trailer.length) {
      trailer = Arrays.copyOf(trailer, Math.max(64, trailer.length * 2));
    }
    trailer[lineBytes++] = c;
    trailerBytes++;
    if (c != '\n') {
      return null;
    }
    int end = FieldLineScanner.scan(trailer, 0, lineBytes, new int[4], 0);
    if (end < 0) {
      Rule rule = FieldLineScanner.rule(end);
      return rule == Rule.BARE_LF || rule == Rule.BARE_CR ? rule : Rule.TRAILER;
    }
    lineBytes = 0;
    part = end == 2 ? Part.DONE : Part.TRAILERS;
    return ++trailerCount > limits.headerCountMax() + 1 ? Rule.TOO_MANY_FIELDS : null;
  }
}
