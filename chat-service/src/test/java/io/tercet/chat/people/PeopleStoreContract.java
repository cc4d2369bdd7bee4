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

/// What every database must do for people.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleStoreContract {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));

  private TestDatabases.Opened opened;
  private PeopleStore people;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStores() {
    opened = open();
    people = new JdbcPeopleStore(opened.database());
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

  private PersonId add(String name, String hash) {
    PersonId personId = id();
    assertThat(people.add(personId, Name.ofPerson(name), hash, NOW, LONG_AGO)).isTrue();
    return personId;
  }

  private static PersonId id() {
    return new PersonId(UUID.randomUUID());
  }
}
