package io.tercet.http.buffer;

import io.tercet.http.parse.RequestLimits;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/// Workspaces for threads that come and go: as many as there ever were turns at once, however many
/// connections there are.
///
/// While a conversation waits for a handler, others use its workspace, unless it has something in
/// it. So a thousand requests may wait for a database at once and own no buffer.
///
/// - Bounds: a number of workspaces of 96 KiB. A thread that wants one more waits for the end of a
///   turn. A turn never waits for a client. It may wait for a file, and for a handler while the
///   workspace has further requests in it.
/// - Threading: shared by all threads of a model.
public final class WorkspacePool {
  /// 128 workspaces: 12 MiB.
  public static final int WORKSPACES_MAX = 128;

  private final RequestLimits limits;
  private final Semaphore free;

  /// The last that was given back is borrowed first: it is still in the processor's caches.
  private final ConcurrentLinkedDeque<Workspace> idle = new ConcurrentLinkedDeque<>();

  /// [#WORKSPACES_MAX] workspaces for requests with these limits.
  public WorkspacePool(RequestLimits limits) {
    this(limits, WORKSPACES_MAX);
  }

  /// @param workspacesMax how many can be borrowed at once
  public WorkspacePool(RequestLimits limits, int workspacesMax) {
    this.limits = limits;
    this.free = new Semaphore(workspacesMax);
  }

  /// A workspace for one turn. The conversation gives it back at the end.
  public Workspace borrow() {
    free.acquireUninterruptibly();
    Workspace pooled = idle.poll();
    return pooled == null ? new Workspace(limits, this) : pooled;
  }

  /// Lets the garbage collector have the idle workspaces.
  public void clear() {
    idle.clear();
  }

  void giveBack(Workspace workspace) {
    idle.push(workspace);
    free.release();
  }
}
