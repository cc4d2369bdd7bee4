package io.tercet.chat.signin;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.room.Rooms;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The room that comes with the house and that everybody joins who enters for the first time.
///
/// Made at the first start, before the doors open. Who leaves it stays out until they join again.
@Component
class DefaultRoom implements SmartLifecycle {

  private static final String NAME = "lobby";
  private static final String TOPIC = "Everybody is here";

  private final Rooms rooms;
  private volatile @Nullable RoomId roomId;

  DefaultRoom(Rooms rooms) {
    this.rooms = rooms;
  }

  void welcome(Person person) {
    RoomId lobby = roomId;
    if (lobby != null) {
      rooms.join(lobby, person);
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

  /// After the log's writer, before the web server.
  @Override
  public int getPhase() {
    return 0;
  }
}
