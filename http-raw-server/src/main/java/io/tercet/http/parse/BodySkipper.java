package io.tercet.http.parse;

import org.jspecify.annotations.Nullable;

/// Reads a request body to its end and drops it.
///
/// Input may stop anywhere; call again with more. Confined to one connection.
public sealed interface BodySkipper permits LengthSkipper, ChunkSkipper {

  /// Consumes what belongs to the body of `bytes[from, to)` and returns where it stopped: `to`,
  /// unless the body ended or broke a rule before.
  int skip(byte[] bytes, int from, int to);

  /// Whether the last byte of the body was consumed.
  boolean isComplete();

  /// The rule that the body broke, if it did; nothing after that can be trusted.
  @Nullable Rule broken();

  /// The skipper for a framing.
  static BodySkipper of(Framing framing, Limits limits) {
    return switch (framing) {
      case Framing.Length length -> new LengthSkipper(length.bytes());
      case Framing.Chunked() -> new ChunkSkipper(limits);
    };
  }
}
