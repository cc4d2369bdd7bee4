package io.tercet.chat.session;

import io.tercet.chat.people.PersonId;
import java.time.Duration;
import java.time.Instant;

/// A session that has not ended. It expires at `expiresAt` unless it is used before.
public record Session(
    SessionId sessionId, PersonId personId, Duration idleMax, Instant expiresAt) {}
