package io.tercet.http.buffer;

import io.tercet.http.parse.RequestLimits;
import io.tercet.http.parse.RequestParser;
import org.jspecify.annotations.Nullable;

/// Buffers that a conversation uses while it has a turn, and gives back when the turn ends.
///
/// One per event loop; threads that come and go borrow theirs from a [WorkspacePool]. So an idle
/// connection owns no buffer.
public final class Workspace {
  /// Bytes that one read takes at most. A read that takes fewer has emptied the socket.
  public static final int INPUT_BYTES = 32 * 1024;

  public static final int OUTPUT_BYTES = 64 * 1024;

  final byte[] input = new byte[INPUT_BYTES];
  final byte[] output = new byte[OUTPUT_BYTES];
  final RequestParser parser;

  /// Where it is borrowed from; null if it belongs to one thread.
  private final @Nullable WorkspacePool pool;

  /// A workspace of one thread, for conversations with these limits.
  public Workspace(RequestLimits limits) {
    this(limits, null);
  }

  Workspace(RequestLimits limits, @Nullable WorkspacePool pool) {
    this.parser = new RequestParser(limits);
    this.pool = pool;
  }

  /// Whether others wait for it while it is not used.
  boolean isShared() {
    return pool != null;
  }

  /// Nobody uses it for now.
  public void giveBack() {
    if (pool != null) {
      pool.giveBack(this);
    }
  }

  /// One like it, after it was given back.
  Workspace another() {
    return pool == null ? this : pool.borrow();
  }
}
