package io.tercet.chat.signin;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.room.Rooms;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The room `lobby`, which every new person joins.
///
/// The first start of the service creates it, before the web server starts. A person who leaves it
/// can join it again like any public room.
@Component
class DefaultRoom implements SmartLifecycle {

  private static final String NAME = "lobby";
  private static final String TOPIC = "Everybody is here";

  private final Rooms rooms;
  private volatile @Nullable RoomId roomId;

  DefaultRoom(Rooms rooms) {
    this.rooms = rooms;
  }

  void join(Person person) {
    RoomId created = roomId;
    if (created != null) {
      rooms.join(created, person);
    }
  }

  @Override
  public void start() {
    roomId = rooms.ensurePublic(NAME, TOPIC);
  }

  @Override
  public void stop() {
    roomId = null;
  }

  @Override
  public boolean isRunning() {
    return roomId != null;
  }

  /// Starts after the log writer and before the web server.
  @Override
  public int getPhase() {
    return 0;
  }
}
