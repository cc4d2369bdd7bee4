package io.tercet.chat.people;

import java.util.Optional;
import java.util.UUID;

/// Who somebody is, for good: never reused, and kept when a guest becomes registered.
public record PersonId(UUID value) {

  private static final int TEXT_LENGTH = 36;

  /// Reads the canonical 36 characters; empty for anything else.
  public static Optional<PersonId> parse(String text) {
    return uuid(text).map(PersonId::new);
  }

  /// Reads a UUID in its canonical 36 characters; `UUID.fromString` alone takes shorter ones too.
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

  /// Reads what we wrote ourselves.
  public static PersonId of(String text) {
    return new PersonId(UUID.fromString(text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
