package io.tercet.chat.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.room.Room;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A room in a response.
record RoomBody(
    String roomId,
    String name,
    String topic,
    String visibility,
    boolean member,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String role,
    long lastSeq,
    int memberCount,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lastReadSeq,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer unread,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer mentions) {

  static RoomBody of(Room room) {
    return new RoomBody(
        room.roomId().toString(),
        room.name(),
        room.topic(),
        room.visibility().name().toLowerCase(Locale.ROOT),
        room.member(),
        room.role() == null ? null : room.role().name().toLowerCase(Locale.ROOT),
        room.lastSeq(),
        room.memberCount(),
        room.member() ? room.lastReadSeq() : null,
        room.member() ? room.unread() : null,
        room.member() ? room.mentions() : null);
  }
}
