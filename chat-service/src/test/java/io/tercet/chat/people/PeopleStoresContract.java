package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every database must do for people and sessions.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleStoresContract {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));

  private TestDatabases.Opened opened;
  private PeopleStore people;
  private SessionStore sessions;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStores() {
    opened = open();
    people = new JdbcPeopleStore(opened.database());
    sessions = new JdbcSessionStore(opened.database());
  }

  @AfterAll
  void closeStores() {
    opened.close().run();
  }

  @Test
  void keepsAPersonUnderTheFoldedName() {
    PersonId id = add("Ada", "hash");
    assertThat(people.byKey(Name.ofPerson("ADA").key()))
        .contains(new Account(id, "Ada", "hash", NOW));
    assertThat(people.byId(id)).map(Account::person).contains(new Person(id, "Ada", false));
  }

  @Test
  void givesANameToOnePersonOnly() {
    add("Grace", "hash");
    assertThat(people.add(id(), Name.ofPerson("grace"), null, NOW, LONG_AGO)).isFalse();
  }

  @Test
  void freesTheNameOfAGuestWhoWasNotSeenForLong() {
    PersonId gone = add("guest-1", null);
    people.seen(gone, LONG_AGO.minusMillis(1));
    assertThat(people.add(id(), Name.ofPerson("Guest-1"), null, NOW, LONG_AGO)).isTrue();
    assertThat(people.byId(gone)).as("the guest stays known to the log").isPresent();
  }

  @Test
  void neverFreesARegisteredName() {
    PersonId joan = add("joan", "hash");
    people.seen(joan, LONG_AGO.minusMillis(1));
    assertThat(people.add(id(), Name.ofPerson("joan"), null, NOW, LONG_AGO)).isFalse();
  }

  @Test
  void upgradesAGuestOnce() {
    PersonId guest = add("guest-2", null);
    assertThat(people.byId(guest)).map(a -> a.person().guest()).contains(true);
    assertThat(people.upgrade(guest, "hash", NOW)).isTrue();
    assertThat(people.upgrade(guest, "other", NOW)).isFalse();
    assertThat(people.byId(guest)).map(Account::passwordHash).contains("hash");
  }

  @Test
  void findsSeveralAtOnceAndLeavesOutStrangers() {
    PersonId one = add("one", null);
    PersonId two = add("two", "hash");
    assertThat(people.byIds(List.of(one, two, id())))
        .containsExactlyInAnyOrder(new Person(one, "one", true), new Person(two, "two", false));
    assertThat(people.byIds(List.of())).isEmpty();
  }

  @Test
  void keepsASessionUntilItExpires() {
    Session session = session(add("s1", null), NOW.plusSeconds(10));
    sessions.add("hash-1", session);
    assertThat(sessions.bySecretHash("hash-1", NOW)).contains(session);
    assertThat(sessions.byId(session.sessionId(), NOW)).contains(session);
    assertThat(sessions.bySecretHash("hash-1", NOW.plusSeconds(10))).isEmpty();
    assertThat(sessions.bySecretHash("hash-2", NOW)).isEmpty();
  }

  @Test
  void extendsRemovesAndForgetsSessions() {
    Session extended = session(add("s2", null), NOW.plusSeconds(1));
    Session expired = session(extended.personId(), NOW.minusSeconds(1));
    Session removed = session(extended.personId(), NOW.plusSeconds(9));
    sessions.add("hash-3", extended);
    sessions.add("hash-4", expired);
    sessions.add("hash-5", removed);

    sessions.extend(extended.sessionId(), NOW.plusSeconds(100));
    sessions.remove(removed.sessionId());
    assertThat(sessions.removeExpired(NOW)).isEqualTo(1);

    assertThat(sessions.byId(extended.sessionId(), NOW.plusSeconds(99))).isPresent();
    assertThat(sessions.byId(expired.sessionId(), NOW.minusSeconds(5))).isEmpty();
    assertThat(sessions.byId(removed.sessionId(), NOW)).isEmpty();
  }

  private PersonId add(String name, String hash) {
    PersonId personId = id();
    assertThat(people.add(personId, Name.ofPerson(name), hash, NOW, LONG_AGO)).isTrue();
    return personId;
  }

  private static PersonId id() {
    return new PersonId(UUID.randomUUID());
  }

  private static Session session(PersonId personId, Instant expiresAt) {
    return new Session(new SessionId(UUID.randomUUID()), personId, Duration.ofDays(30), expiresAt);
  }
}
