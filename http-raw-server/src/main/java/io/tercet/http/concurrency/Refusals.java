package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.readiness.Poller;
import java.util.ArrayList;
import java.util.List;

/// Connections that are being refused by a thread that has no means to wait for them: each is
/// looked at now and then, until the client has taken its answer or the deadline has passed.
///
/// - Bounds: [Capacity#REFUSALS_MAX] of a server, because any more are over at once.
/// - Threading: confined to that thread.
final class Refusals {
  private final Admission admission;
  private final Workspace workspace;
  private final List<Session> sessions = new ArrayList<>();

  Refusals(Admission admission, Workspace workspace) {
    this.admission = admission;
    this.workspace = workspace;
  }

  boolean isEmpty() {
    return sessions.isEmpty();
  }

  /// Tells a connection that it is refused. The others have their turns when it is their time: to
  /// look at all for each that comes would cost the more the more there are.
  void refuse(Session session) {
    Session refused = session.isRefused() ? session : admission.refused(session, workspace);
    if (goOn(refused)) {
      sessions.add(refused);
    }
  }

  /// Goes on with all of them.
  void look() {
    sessions.removeIf(session -> !goOn(session));
  }

  /// Closes those that are left.
  void end() {
    sessions.forEach(admission::end);
    sessions.clear();
  }

  /// Gives a connection its turn; false if it was the last, and it is closed.
  private boolean goOn(Session session) {
    boolean over =
        session.turn(workspace, Poller.READABLE, System.nanoTime()) == Session.Outcome.OVER;
    if (over) {
      admission.end(session);
    }
    return !over;
  }
}
