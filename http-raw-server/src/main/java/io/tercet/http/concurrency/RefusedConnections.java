package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.readiness.Poller;
import java.util.ArrayList;
import java.util.List;

/// Refused connections that still send their answer. The thread that has them does not wait for
/// them: it gives each a turn now and then, until the client has read the answer or the deadline
/// has passed.
///
/// - Bounds: [Capacity#REFUSALS_MAX] of a server; any further one is finished at once.
/// - Threading: confined to that thread.
public final class RefusedConnections {
  private final AdmissionControl admission;
  private final Workspace workspace;
  private final List<ServerConnection> connections = new ArrayList<>();

  /// @param workspace of the thread that has them
  public RefusedConnections(AdmissionControl admission, Workspace workspace) {
    this.admission = admission;
    this.workspace = workspace;
  }

  /// Whether none is left.
  public boolean isEmpty() {
    return connections.isEmpty();
  }

  /// Refuses a connection and gives it its first turn.
  public void refuse(ServerConnection connection) {
    ServerConnection refused =
        connection.isRefused() ? connection : admission.refuse(connection, workspace);
    if (advances(refused)) {
      connections.add(refused);
    }
  }

  /// Gives each its turn.
  public void advance() {
    connections.removeIf(connection -> !advances(connection));
  }

  /// Closes those that are left.
  public void closeAll() {
    connections.forEach(admission::close);
    connections.clear();
  }

  /// Gives a connection its turn; false if that was the last, and it is closed.
  private boolean advances(ServerConnection connection) {
    boolean over =
        connection.turn(workspace, Poller.READABLE, System.nanoTime())
            == ServerConnection.Outcome.FINISHED;
    if (over) {
      admission.close(connection);
    }
    return !over;
  }
}
