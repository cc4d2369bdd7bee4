package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.util.Optional;
import java.util.UUID;

/// The id of a room; never reused. The folder of the room in file-service has the same id.
public record RoomId(UUID value) implements Comparable<RoomId> {

  /// Parses the canonical 36 characters; empty for anything else.
  public static Optional<RoomId> parse(String text) {
    return PersonId.uuid(text).map(RoomId::new);
  }

  /// Parses an id that this service wrote; throws on anything else.
  public static RoomId of(String text) {
    return new RoomId(UUID.fromString(text));
  }

  @Override
  public int compareTo(RoomId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
