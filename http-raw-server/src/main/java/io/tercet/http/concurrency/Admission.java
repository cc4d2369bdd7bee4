package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets connections into a model, and counts them.
///
/// Past the limit a connection is told 503 and ended. [Capacity#REFUSALS_MAX] of all that are
/// refused, for whatever reason, may linger at once, so that they hear of it whatever they are
/// still sending; one more is closed as soon as it was told. Past both limits, or without a
/// descriptor, connections wait in the listener's queue.
///
/// Threading: shared by all threads of a model.
final class Admission {
  /// Connections that are accepted at once before others get their turn: as many as those have had
  /// at most, so that neither waits for the other under load.
  private static final int BATCH_MAX = 256;

  private final ServerContext protocol;
  private final Capacity capacity;
  private volatile boolean stopping;

  Admission(ServerContext protocol, Capacity capacity) {
    this.protocol = protocol;
    this.capacity = capacity;
  }

  /// Accepts what is queued, up to a batch.
  ///
  /// @return false if the listener should not be asked again for a moment
  boolean accept(Listener listener, Workspace workspace, Consumer<Session> accepted) {
    for (int i = 0; i < BATCH_MAX; i++) {
      if (capacity.isFull()) {
        return false;
      }
      Session session;
      try {
        session = next(listener, workspace);
      } catch (Listener.DescriptorsExhausted exhausted) {
        return false;
      }
      if (session == null) {
        return true;
      }
      accepted.accept(session);
    }
    return true;
  }

  /// Accepts one connection, if one is queued.
  @Nullable Session next(Listener listener, Workspace workspace)
      throws Listener.DescriptorsExhausted {
    Socket socket = listener.accept();
    if (socket == null) {
      return null;
    }
    boolean admitted = capacity.enter();
    protocol.observer().opened();
    long now = System.nanoTime();
    Session session = Session.accepted(socket, protocol, !admitted, workspace, now);
    if (session.isRefused()) {
      if (admitted) {
        capacity.leave();
      }
      countRefused(session, workspace, now);
    }
    return session;
  }

  /// The same connection, which will be told 503 whatever it says.
  Session refused(Session session, Workspace workspace) {
    capacity.leave();
    long now = System.nanoTime();
    Session refused = session.refused(protocol, workspace, now);
    countRefused(refused, workspace, now);
    return refused;
  }

  private void countRefused(Session refused, Workspace workspace, long now) {
    if (!capacity.enterRefused()) {
      refused.hurry(workspace, now);
    }
  }

  /// Whether no model of the server has a connection.
  boolean isIdle() {
    return capacity.open() == 0;
  }

  /// From now on each connection is told to end, whoever learns of the stop first.
  void stop() {
    stopping = true;
  }

  boolean isStopping() {
    return stopping;
  }

  /// Gives a session its turn; in a stop it is one that lets it end.
  Session.Outcome turn(Session session, Workspace workspace, int what, long now) {
    return stopping ? session.drain(workspace, what, now) : session.turn(workspace, what, now);
  }

  /// Closes a connection, whatever state it is in.
  void end(Session session) {
    session.close();
    if (session.isRefused()) {
      capacity.leaveRefused();
    } else {
      capacity.leave();
    }
    protocol.observer().closed();
  }
}
