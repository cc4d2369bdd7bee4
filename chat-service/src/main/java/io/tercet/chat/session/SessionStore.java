package io.tercet.chat.session;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/// Stores sessions by the SHA-256 of their secret. Reads leave out expired sessions.
interface SessionStore {

  void add(String secretHash, Session session);

  Optional<Session> bySecretHash(String secretHash, Instant now);

  Optional<Session> byId(SessionId sessionId, Instant now);

  /// Those of these sessions that have not expired.
  Set<SessionId> alive(Collection<SessionId> sessionIds, Instant now);

  void extend(SessionId sessionId, Instant expiresAt);

  void remove(SessionId sessionId);

  /// Deletes at most `limit` expired sessions; returns how many.
  int removeExpired(Instant now, int limit);
}
