package io.tercet.chat.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person as the store keeps them. A guest has no password hash.
record Account(PersonId personId, String name, @Nullable String passwordHash, Instant lastSeenAt) {

  Person person() {
    return new Person(personId, name, passwordHash == null);
  }
}
