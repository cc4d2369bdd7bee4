package io.tercet.http.buffer;

/// How far the sending of output came.
public enum FlushResult {
  /// Nothing is left.
  ALL,
  /// Something is left and could be sent at once: others may want a turn.
  SOME,
  /// Something is left, and the client must read before more can be sent.
  BLOCKED,
  /// The client is gone.
  GONE,
  /// A file is not what its response said any more; only closing is honest.
  CUT_SHORT
}
