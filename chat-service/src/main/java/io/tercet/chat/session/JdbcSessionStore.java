package io.tercet.chat.session;

import io.tercet.chat.database.Database;
import io.tercet.chat.people.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/// Sessions in the database's table `session`.
@Repository
class JdbcSessionStore implements SessionStore {

  private static final String COLUMNS =
      "SELECT session_id, person_id, idle_seconds, expires_at FROM session ";

  private final Database database;

  JdbcSessionStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(String secretHash, Session session) {
    database.write(client ->
        client
            .sql(
                """
                INSERT INTO session (session_id, secret_hash, person_id, idle_seconds, expires_at)
                VALUES (?, ?, ?, ?, ?)
                """)
            .params(
                session.sessionId().toString(),
                secretHash,
                session.personId().toString(),
                session.idleMax().toSeconds(),
                session.expiresAt().toEpochMilli())
            .update());
  }

  @Override
  public Optional<Session> bySecretHash(String secretHash, Instant now) {
    return find("WHERE secret_hash = ? AND expires_at > ?", secretHash, now);
  }

  @Override
  public Optional<Session> byId(SessionId sessionId, Instant now) {
    return find("WHERE session_id = ? AND expires_at > ?", sessionId.toString(), now);
  }

  @Override
  public Set<SessionId> alive(Collection<SessionId> sessionIds, Instant now) {
    if (sessionIds.isEmpty()) {
      return Set.of();
    }
    return database.read(client ->
        client
            .sql("SELECT session_id FROM session WHERE session_id IN (:ids) AND expires_at > :now")
            .param("ids", sessionIds.stream().map(SessionId::toString).toList())
            .param("now", now.toEpochMilli())
            .query((row, number) -> new SessionId(UUID.fromString(row.getString(1))))
            .set());
  }

  @Override
  public void extend(SessionId sessionId, Instant expiresAt) {
    database.write(client ->
        client
            .sql("UPDATE session SET expires_at = ? WHERE session_id = ?")
            .params(expiresAt.toEpochMilli(), sessionId.toString())
            .update());
  }

  @Override
  public void remove(SessionId sessionId) {
    database.write(client ->
        client
            .sql("DELETE FROM session WHERE session_id = ?")
            .param(sessionId.toString())
            .update());
  }

  @Override
  public int removeExpired(Instant now, int limit) {
    return database.write(client ->
        client
            .sql(
                """
                DELETE FROM session WHERE session_id IN
                  (SELECT session_id FROM session WHERE expires_at <= ?
                   ORDER BY expires_at LIMIT ?)
                """)
            .params(now.toEpochMilli(), limit)
            .update());
  }

  private Optional<Session> find(String where, String key, Instant now) {
    return database.read(client ->
        client
            .sql(COLUMNS + where)
            .params(key, now.toEpochMilli())
            .query(JdbcSessionStore::session)
            .optional());
  }

  private static Session session(ResultSet row, int number) throws SQLException {
    return new Session(
        new SessionId(UUID.fromString(row.getString("session_id"))),
        PersonId.of(row.getString("person_id")),
        Duration.ofSeconds(row.getLong("idle_seconds")),
        Instant.ofEpochMilli(row.getLong("expires_at")));
  }
}
