package io.tercet.http.buffer;

import io.tercet.http.parse.RequestLimits;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// Workspaces for threads that come and go: as many as there ever were turns at once, however many
/// connections there are.
///
/// A conversation lends its own to others while it waits for a handler, unless it has something in
/// it: so a thousand requests may wait for a database at once, and own no buffer.
///
/// - Bounds: so many workspaces of 96 KiB. Who wants one more waits for another's turn to end,
///   which waits for no client; but for a file, and for a handler while it holds more requests.
/// - Threading: shared by all threads of a model.
public final class WorkspacePool {
  /// 128 workspaces: 12 MiB.
  public static final int WORKSPACES_MAX = 128;

  private final RequestLimits limits;
  private final Semaphore free;

  /// The last that was given back is the first to be borrowed: it is still in the caches.
  private final ConcurrentLinkedDeque<Workspace> idle = new ConcurrentLinkedDeque<>();

  /// Workspaces for conversations with these limits.
  public WorkspacePool(RequestLimits limits) {
    this(limits, WORKSPACES_MAX);
  }

  public WorkspacePool(RequestLimits limits, int workspacesMax) {
    this.limits = limits;
    this.free = new Semaphore(workspacesMax);
  }

  /// A workspace for one turn, at whose end the conversation gives it back.
  public Workspace borrow() {
    free.acquireUninterruptibly();
    Workspace pooled = idle.poll();
    return pooled == null ? new Workspace(limits, this) : pooled;
  }

  /// Lets go of those that nobody uses.
  public void clear() {
    idle.clear();
  }

  void giveBack(Workspace workspace) {
    idle.push(workspace);
    free.release();
  }
}
