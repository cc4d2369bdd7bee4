package io.tercet.chat.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Room;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A room in a response. The people are there if it is a direct conversation.
record RoomBody(
    String roomId,
    String kind,
    String name,
    String topic,
    String visibility,
    boolean member,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String role,
    long lastSeq,
    int memberCount,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long lastReadSeq,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer unread,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer mentions,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PersonBody> people) {

  static RoomBody of(Room room, People people) {
    return of(List.of(room), people).getFirst();
  }

  /// It reads the people of all rooms together, and nothing if no room is a direct conversation.
  static List<RoomBody> of(List<Room> rooms, People people) {
    List<PersonId> ids = rooms.stream().flatMap(room -> room.people().stream()).distinct().toList();
    Map<PersonId, Person> known =
        people.findAll(ids).stream()
            .collect(Collectors.toMap(Person::personId, Function.identity()));
    return rooms.stream().map(room -> of(room, known)).toList();
  }

  private static RoomBody of(Room room, Map<PersonId, Person> known) {
    return new RoomBody(
        room.roomId().toString(),
        room.isDirect() ? "direct" : "room",
        room.name(),
        room.topic(),
        room.visibility().name().toLowerCase(Locale.ROOT),
        room.member(),
        room.role() == null ? null : room.role().name().toLowerCase(Locale.ROOT),
        room.lastSeq(),
        room.memberCount(),
        room.member() ? room.lastReadSeq() : null,
        room.member() ? room.unread() : null,
        room.member() ? room.mentions() : null,
        room.isDirect() ? people(room, known) : null);
  }

  private static List<PersonBody> people(Room room, Map<PersonId, Person> known) {
    return room.people().stream()
        .map(personId -> PersonBody.of(Objects.requireNonNull(known.get(personId))))
        .toList();
  }
}
