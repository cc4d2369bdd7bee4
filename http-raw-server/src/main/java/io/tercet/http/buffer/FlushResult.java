package io.tercet.http.buffer;

/// How far the sending of output came.
public enum FlushResult {
  /// Everything was sent.
  ALL,
  /// Something is left and could be sent at once; other connections should get their turn first.
  SOME,
  /// Something is left, and the client must read before more can be sent.
  BLOCKED,
  /// The client has closed the connection.
  GONE,
  /// A file is not what its response has promised. The connection must be closed.
  CUT_SHORT
}
