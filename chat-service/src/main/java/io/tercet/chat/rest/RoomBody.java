package io.tercet.chat.rest;

import io.tercet.chat.room.Room;
import java.util.Locale;

/// A room in a response.
record RoomBody(
    String roomId,
    String name,
    String topic,
    String visibility,
    boolean member,
    long lastSeq,
    int memberCount) {

  static RoomBody of(Room room) {
    return new RoomBody(
        room.roomId().toString(),
        room.name(),
        room.topic(),
        room.visibility().name().toLowerCase(Locale.ROOT),
        room.member(),
        room.lastSeq(),
        room.memberCount());
  }
}
