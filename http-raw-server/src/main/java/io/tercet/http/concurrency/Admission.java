package io.tercet.http.concurrency;

import io.tercet.http.connection.Conversation;
import io.tercet.http.connection.Protocol;
import io.tercet.http.connection.Workspace;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Lets connections in, and counts them.
///
/// Past the limit a connection is told 503 and ended; a few hundred may be in that state at once,
/// and past those, or without a descriptor, connections wait in the listener's queue.
///
/// Threading: shared by all loops of a model.
final class Admission {
  /// Connections that are accepted at once before others get their turn.
  private static final int BATCH_MAX = 64;

  private static final int REFUSALS_MAX = 256;

  private final Protocol protocol;
  private final int connectionsMax;
  private final AtomicInteger open = new AtomicInteger();
  private volatile boolean stopping;

  Admission(Protocol protocol, int connectionsMax) {
    this.protocol = protocol;
    this.connectionsMax = connectionsMax;
  }

  /// Accepts what is queued, up to a batch.
  ///
  /// @return false if the listener should not be asked again for a moment
  boolean accept(Listener listener, Workspace workspace, Consumer<Session> accepted) {
    for (int i = 0; i < BATCH_MAX; i++) {
      if (open.get() >= connectionsMax + REFUSALS_MAX) {
        return false;
      }
      Socket socket;
      try {
        socket = listener.accept();
      } catch (Listener.DescriptorsExhausted exhausted) {
        return false;
      }
      if (socket == null) {
        return true;
      }
      boolean full = open.getAndIncrement() >= connectionsMax;
      protocol.observer().opened();
      long now = System.nanoTime();
      Conversation conversation = Conversation.accepted(protocol, socket, full, workspace, now);
      accepted.accept(new Session(socket, conversation, protocol.observer()));
    }
    return true;
  }

  /// From now on each connection is told to end, whoever learns of the stop first.
  void stop() {
    stopping = true;
  }

  /// Gives a session its turn; in a stop it is one that lets it end.
  Session.Outcome turn(Session session, Workspace workspace, int what, long now) {
    return stopping ? session.drain(workspace, now) : session.turn(workspace, what, now);
  }

  /// Closes a connection, whatever state it is in.
  void end(Session session) {
    session.close();
    open.decrementAndGet();
    protocol.observer().closed();
  }
}
