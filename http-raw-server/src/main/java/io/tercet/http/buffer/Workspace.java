package io.tercet.http.buffer;

import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.RequestParser;
import org.jspecify.annotations.Nullable;

/// The buffers and the parser of one turn. A conversation borrows them, so an idle connection owns
/// no buffer.
///
/// Each event loop has one; threads that come and go borrow theirs from a [WorkspacePool].
public final class Workspace {
  /// Bytes that one read takes at most. A read that takes fewer has emptied the socket.
  public static final int INPUT_BYTES = 32 * 1024;

  /// Bytes that one turn sends from memory at most, without keeping some for later.
  public static final int OUTPUT_BYTES = 64 * 1024;

  final byte[] input = new byte[INPUT_BYTES];
  final byte[] output = new byte[OUTPUT_BYTES];
  final RequestParser parser;

  /// Where it is borrowed from; null if it belongs to one thread.
  private final @Nullable WorkspacePool pool;

  /// A workspace of one thread, for requests with these limits.
  public Workspace(RequestLimits limits) {
    this(limits, null);
  }

  Workspace(RequestLimits limits, @Nullable WorkspacePool pool) {
    this.parser = new RequestParser(limits);
    this.pool = pool;
  }

  /// Whether others may be waiting for it.
  boolean isShared() {
    return pool != null;
  }

  /// Gives it back to its pool, if it has one.
  public void giveBack() {
    if (pool != null) {
      pool.giveBack(this);
    }
  }

  /// Another workspace from the same pool, after it was given back.
  Workspace another() {
    return pool == null ? this : pool.borrow();
  }
}
