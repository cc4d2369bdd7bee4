package io.tercet.chat.people;

import java.util.Optional;
import java.util.UUID;

/// The id of a person: never reused, and kept when a guest registers.
public record PersonId(UUID value) {

  private static final int TEXT_LENGTH = 36;

  /// Parses the canonical 36 characters; empty for anything else.
  public static Optional<PersonId> parse(String text) {
    return uuid(text).map(PersonId::new);
  }

  /// Parses a UUID of exactly 36 characters; `UUID.fromString` alone accepts shorter ones, too.
  public static Optional<UUID> uuid(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /// Parses an id that this service wrote; throws on anything else.
  public static PersonId of(String text) {
    return new PersonId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
