package io.tercet.http.connection;

import io.tercet.http.parse.Limits;
import io.tercet.http.parse.RequestParser;

/// Buffers that a conversation uses while it has a turn, and gives back when the turn ends.
///
/// One per event loop, or as many as threads have turns at once; so an idle connection owns no
/// buffer.
public final class Workspace {
  /// Bytes that one read takes at most. A read that takes fewer has emptied the socket.
  public static final int INPUT_BYTES = 32 * 1024;

  static final int OUTPUT_BYTES = 64 * 1024;

  final byte[] input = new byte[INPUT_BYTES];
  final byte[] output = new byte[OUTPUT_BYTES];
  final RequestParser parser;

  /// A workspace for conversations with these limits.
  public Workspace(Limits limits) {
    parser = new RequestParser(limits);
  }
}
