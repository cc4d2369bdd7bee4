package io.tercet.http.parse;

/// How the body after a head is delimited. Source: RFC 9112 §6.3.
public sealed interface Framing {

  /// A body of so many bytes; 0 if there is no body.
  record Length(long bytes) implements Framing {
    /// No body.
    static final Length NONE = new Length(0);
  }

  /// A body of chunks, each with its size; the last one has size 0.
  record Chunked() implements Framing {}
}
