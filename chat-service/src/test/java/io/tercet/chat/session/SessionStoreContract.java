package io.tercet.chat.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.people.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every database must do for sessions.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SessionStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  private TestDatabases.Opened opened;
  private SessionStore sessions;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStores() {
    opened = open();
    sessions = new JdbcSessionStore(opened.database());
  }

  @AfterAll
  void closeStores() {
    opened.close().run();
  }

  @Test
  void keepsASessionUntilItExpires() {
    Session session = session(person("s1"), NOW.plusSeconds(10));
    sessions.add("hash-1", session);
    assertThat(sessions.bySecretHash("hash-1", NOW)).contains(session);
    assertThat(sessions.byId(session.sessionId(), NOW)).contains(session);
    assertThat(sessions.bySecretHash("hash-1", NOW.plusSeconds(10))).isEmpty();
    assertThat(sessions.bySecretHash("hash-2", NOW)).isEmpty();
  }

  @Test
  void extendsRemovesAndForgetsSessions() {
    Session extended = session(person("s2"), NOW.plusSeconds(1));
    Session expired = session(extended.personId(), NOW.minusSeconds(1));
    Session removed = session(extended.personId(), NOW.plusSeconds(9));
    sessions.add("hash-3", extended);
    sessions.add("hash-4", expired);
    sessions.add("hash-5", removed);

    sessions.extend(extended.sessionId(), NOW.plusSeconds(100));
    sessions.remove(removed.sessionId());
    assertThat(sessions.removeExpired(NOW, 10)).isEqualTo(1);

    assertThat(sessions.byId(extended.sessionId(), NOW.plusSeconds(99))).isPresent();
    assertThat(sessions.byId(expired.sessionId(), NOW.minusSeconds(5))).isEmpty();
    assertThat(sessions.byId(removed.sessionId(), NOW)).isEmpty();
  }

  @Test
  void removesNoMoreAtOnceThanTheLimitAndTheOldestFirst() {
    PersonId personId = person("s3");
    Session older = session(personId, NOW.minusSeconds(20));
    Session newer = session(personId, NOW.minusSeconds(10));
    sessions.add("hash-6", newer);
    sessions.add("hash-7", older);
    assertThat(sessions.removeExpired(NOW, 1)).isEqualTo(1);
    assertThat(sessions.byId(older.sessionId(), NOW.minusSeconds(30))).isEmpty();
    assertThat(sessions.byId(newer.sessionId(), NOW.minusSeconds(30))).isPresent();
    assertThat(sessions.removeExpired(NOW, 2)).isEqualTo(1);
  }

  private PersonId person(String name) {
    PersonId personId = new PersonId(UUID.randomUUID());
    opened
        .database()
        .write(client ->
            client
                .sql(
                    "INSERT INTO person (person_id, name, created_at, last_seen_at) VALUES (?, ?,"
                        + " 0, 0)")
                .params(personId.toString(), name)
                .update());
    return personId;
  }

  private static Session session(PersonId personId, Instant expiresAt) {
    return new Session(new SessionId(UUID.randomUUID()), personId, Duration.ofDays(30), expiresAt);
  }
}
