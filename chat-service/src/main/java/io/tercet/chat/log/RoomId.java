package io.tercet.chat.log;

import io.tercet.chat.people.PersonId;
import java.util.Optional;
import java.util.UUID;

/// Which room; never reused. Its folder in file-service has the same id.
public record RoomId(UUID value) implements Comparable<RoomId> {

  /// Reads the canonical 36 characters; empty for anything else.
  public static Optional<RoomId> parse(String text) {
    return PersonId.uuid(text).map(RoomId::new);
  }

  /// Reads what we wrote ourselves.
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
