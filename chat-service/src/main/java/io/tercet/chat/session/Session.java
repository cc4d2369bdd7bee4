package io.tercet.chat.session;

import io.tercet.chat.people.PersonId;
import java.time.Duration;
import java.time.Instant;

/// A session that is alive: whose it is, and when it ends if it is not used.
public record Session(
    SessionId sessionId, PersonId personId, Duration idleMax, Instant expiresAt) {}
