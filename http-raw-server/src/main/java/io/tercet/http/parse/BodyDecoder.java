package io.tercet.http.parse;

import org.jspecify.annotations.Nullable;

/// Reads a request body to its end and hands on what it carries: for a chunked one, the data
/// without sizes, extensions and trailers.
///
/// Input may stop anywhere; call again with more. Confined to one connection.
public sealed interface BodyDecoder permits FixedLengthDecoder, ChunkedDecoder {

  /// Is given the data of a body, in order.
  @FunctionalInterface
  interface Taker {
    /// Drops what it is given.
    Taker NOBODY = (bytes, from, length) -> {};

    /// Takes `bytes[from, from + length)`, which are only lent.
    void take(byte[] bytes, int from, int length);
  }

  /// Consumes what belongs to the body of `bytes[from, to)` and returns where it stopped: `to`,
  /// unless the body ended or broke a rule before.
  int read(byte[] bytes, int from, int to, Taker taker);

  /// How many bytes of memory it keeps between calls.
  int heldBytes();

  /// Whether the last byte of the body was consumed.
  boolean isComplete();

  /// The rule that the body broke, if it did; nothing after that can be trusted.
  @Nullable Rule broken();

  /// The reader for a framing.
  ///
  /// @param bytesMax length of all data; past it the body breaks [Rule#BODY_TOO_LARGE], before any
  ///     data is taken if its length was announced
  static BodyDecoder of(Framing framing, RequestLimits limits, long bytesMax) {
    return switch (framing) {
      case Framing.Length(long bytes) -> new FixedLengthDecoder(bytes, bytesMax);
      case Framing.Chunked() -> new ChunkedDecoder(limits, bytesMax);
    };
  }
}
