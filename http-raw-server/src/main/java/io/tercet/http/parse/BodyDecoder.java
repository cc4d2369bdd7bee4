package io.tercet.http.parse;

import org.jspecify.annotations.Nullable;

/// Decodes a request body to its end and passes its data on. For a chunked body that is the data
/// without chunk sizes, extensions and trailers.
///
/// Input may stop anywhere; call again with more. Confined to one connection.
public sealed interface BodyDecoder permits FixedLengthDecoder, ChunkedDecoder {

  /// Receives the data of a body, in order.
  @FunctionalInterface
  interface Consumer {
    /// Drops the data.
    Consumer DISCARD = (bytes, from, length) -> {};

    /// Takes `bytes[from, from + length)`, which belong to the caller.
    void accept(byte[] bytes, int from, int length);
  }

  /// Consumes what belongs to the body of `bytes[from, to)` and returns where it stopped: `to`,
  /// unless the body ended or broke a rule before.
  int read(byte[] bytes, int from, int to, Consumer consumer);

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
