package io.tercet.gateway.parse;

import io.netty.buffer.ByteBuf;
import io.tercet.gateway.problem.ProblemException;

/// Checks header fields, or trailers, line by line before Netty reads them: it would join a folded
/// field, and it counts line ends for nothing.
///
/// - Bounds: `bytesMax` for all lines with their line ends, without the empty line behind them.
/// - Threading: confined to one connection.
///
/// Source: RFC 9112 §5.2, RFC 6585 §5.
final class FieldLines {

  private final int bytesMax;
  private int bytes;

  FieldLines(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Before the first line.
  void begin() {
    bytes = 0;
  }

  /// Checks every line in `in` from `at`, up to the empty line. A line that is not complete is
  /// checked again when it is.
  ///
  /// @throws ProblemException if one is folded, or all are too long
  void check(ByteBuf in, int at) {
    int start = at;
    while (start < in.writerIndex()) {
      byte first = in.getByte(start);
      int lineFeed = in.indexOf(start, in.writerIndex(), (byte) '\n');
      if (first == ' ' || first == '\t') {
        throw Refusal.malformed("Do not fold header fields over lines.");
      }
      if (lineFeed < 0) {
        // A carriage return alone may begin the empty line.
        boolean fits = in.writerIndex() - start <= bytesMax - bytes || first == '\r';
        if (!fits) {
          throw Refusal.headersTooLarge();
        }
        return;
      }
      if (first == '\r' && lineFeed == start + 1) {
        return;
      }
      bytes += lineFeed + 1 - start;
      if (bytes > bytesMax) {
        throw Refusal.headersTooLarge();
      }
      start = lineFeed + 1;
    }
  }
}
