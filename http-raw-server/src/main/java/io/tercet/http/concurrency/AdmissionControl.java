package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Accepts connections for a model, counts them, and refuses those that are too many.
///
/// Past the limit of [Capacity] a connection is answered 503 and closed. Up to
/// [Capacity#REFUSALS_MAX] refused connections may linger, so that each client reads its answer
/// although it is still sending; any further one is closed right after the answer. Past both
/// limits, or without a descriptor, connections wait in the listener's queue.
///
/// Threading: shared by all threads of a model.
public final class AdmissionControl {
  /// Connections that are accepted in one go, before the open ones have their turns: as many as a
  /// poller reports at once, so that neither side starves the other under load.
  public static final int BATCH_MAX = 256;

  private final ServerContext context;
  private final Capacity capacity;
  private volatile boolean stopping;

  /// @param capacity of the server, which all its models share
  public AdmissionControl(ServerContext context, Capacity capacity) {
    this.context = context;
    this.capacity = capacity;
  }

  /// Accepts what is queued, up to a batch.
  ///
  /// @return false if the listener should be left alone for a moment: no room, or no descriptor
  public boolean acceptQueued(
      Listener listener, Workspace workspace, Consumer<ServerConnection> accepted) {
    return acceptQueued(listener, workspace, BATCH_MAX, accepted);
  }

  /// The same, up to a batch of this size.
  public boolean acceptQueued(
      Listener listener, Workspace workspace, int batch, Consumer<ServerConnection> accepted) {
    for (int i = 0; i < batch; i++) {
      if (capacity.isFull()) {
        return false;
      }
      ServerConnection connection;
      try {
        connection = acceptOne(listener, workspace);
      } catch (Listener.DescriptorsExhausted exhausted) {
        return false;
      }
      if (connection == null) {
        return true;
      }
      accepted.accept(connection);
    }
    return true;
  }

  /// Accepts one connection; null if none is queued.
  ///
  /// @throws Listener.DescriptorsExhausted if the system has no descriptor for it
  @Nullable ServerConnection acceptOne(Listener listener, Workspace workspace)
      throws Listener.DescriptorsExhausted {
    Socket socket = listener.accept();
    if (socket == null) {
      return null;
    }
    boolean admitted = capacity.enter();
    context.observer().opened();
    long now = System.nanoTime();
    ServerConnection connection =
        ServerConnection.accepted(socket, context, !admitted, workspace, now);
    if (connection.isRefused()) {
      if (admitted) {
        capacity.leave();
      }
      countRefused(connection, workspace, now);
    }
    return connection;
  }

  /// Refuses a connection that it has accepted; the result will be answered 503.
  ServerConnection refuse(ServerConnection connection, Workspace workspace) {
    capacity.leave();
    long now = System.nanoTime();
    ServerConnection refused = connection.refuse(context, workspace, now);
    countRefused(refused, workspace, now);
    return refused;
  }

  private void countRefused(ServerConnection refused, Workspace workspace, long now) {
    if (!capacity.enterRefused()) {
      refused.finishNow(workspace, now);
    }
  }

  /// Whether no model of the server has a connection.
  public boolean isIdle() {
    return capacity.open() == 0;
  }

  /// From now on every turn is one of a stop, on whichever thread.
  public void stop() {
    stopping = true;
  }

  /// Whether [#stop] was called.
  public boolean isStopping() {
    return stopping;
  }

  /// Gives a connection its turn.
  ///
  /// @param what is ready, as a [io.tercet.http.readiness.Poller] reports it; 0 for nothing new
  public ServerConnection.Outcome turn(
      ServerConnection connection, Workspace workspace, int what, long now) {
    return stopping
        ? connection.drain(workspace, what, now)
        : connection.turn(workspace, what, now);
  }

  /// Closes a connection, whatever state it is in, and frees its slot.
  public void close(ServerConnection connection) {
    connection.close();
    if (connection.isRefused()) {
      capacity.leaveRefused();
    } else {
      capacity.leave();
    }
    context.observer().closed();
  }
}
