package io.tercet.chat.presence;

import java.util.UUID;

/// The interest of a room here in who is present in it on other replicas.
///
/// Threading: any thread.
public final class PresenceWatch implements AutoCloseable {

  private final UUID roomId;
  private final SharedPresence presence;
  private final Runnable listener;
  private volatile SharedPresence.Others others = SharedPresence.Others.NONE;

  PresenceWatch(UUID roomId, SharedPresence presence, Runnable listener) {
    this.roomId = roomId;
    this.presence = presence;
    this.listener = listener;
  }

  /// Who is present on other replicas now.
  public SharedPresence.Others others() {
    return others;
  }

  /// Keeps who is present there; true if somebody else was.
  boolean knows(SharedPresence.Others now) {
    boolean changes = !others.equals(now);
    others = now;
    return changes;
  }

  void tell() {
    listener.run();
  }

  @Override
  public void close() {
    presence.unwatch(roomId, this);
  }
}
