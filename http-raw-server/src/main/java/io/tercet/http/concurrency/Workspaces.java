package io.tercet.http.concurrency;

import io.tercet.http.connection.Protocol;
import io.tercet.http.connection.Workspace;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Buffers for threads that come and go: as many as there ever were turns at once, however many
/// connections wait between their turns.
///
/// Threading: shared by all threads of a model.
final class Workspaces {
  private final Protocol protocol;
  private final Admission admission;
  private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();

  Workspaces(Protocol protocol, Admission admission) {
    this.protocol = protocol;
    this.admission = admission;
  }

  /// Gives a session its turn with a workspace that it has for so long.
  Session.Outcome turn(Session session, int what) {
    Workspace pooled = idle.poll();
    Workspace workspace = pooled == null ? new Workspace(protocol.limits()) : pooled;
    try {
      return admission.turn(session, workspace, what, System.nanoTime());
    } finally {
      idle.add(workspace);
    }
  }
}
