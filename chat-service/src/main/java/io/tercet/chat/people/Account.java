package io.tercet.chat.people;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person as the store keeps them. A guest has no password hash.
record Account(Person person, @Nullable String passwordHash, Instant lastSeenAt) {}
