package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    Person ada = new Person(id, "Ada", false);
    assertThat(people.byName(Name.ofPerson("ADA"))).contains(new Account(ada, "hash", NOW));
    assertThat(people.byId(id)).map(Account::person).contains(ada);
  }

  @Test
  void keepsADisplayName() {
    Person john = new Person(id(), "John.Smith", "John Smith", true);
    people.add(john, Name.ofPerson("John.Smith"), null, NOW, LONG_AGO);
    assertThat(people.byId(john.personId())).map(Account::person).contains(john);
    people.upgrade(john.personId(), "hash", NOW);
    assertThat(people.byId(john.personId()))
        .map(account -> account.person().displayName())
        .contains("John Smith");
  }

  @Test
  void givesANameToOnePersonOnly() {
    add("Grace", "hash");
    assertThat(claim("grace", null)).isEqualTo(new NameClaim.Taken());
  }

  @Test
  void givesNoNameThatLooksLikeOneThatIsTaken() {
    add("burn", "hash");
    assertThat(claim("bum", "hash")).isEqualTo(new NameClaim.Resembles("burn"));
    assertThat(claim("BUM", "hash")).isEqualTo(new NameClaim.Resembles("burn"));
    assertThat(people.byName(Name.ofPerson("bum"))).as("a refused person is not kept").isEmpty();
    add("paypal", null);
    assertThat(claim("PaypaI", null)).isEqualTo(new NameClaim.Resembles("paypal"));
    assertThat(claim("раураl", null)).isEqualTo(new NameClaim.Resembles("paypal"));
  }

  @Test
  void keepsNoSkeletonOfARefusedName() {
    add("scope", "hash");
    // Its folded form looks like one that is taken, its shown form does not.
    assertThat(claim("SCОPE", "hash")).isEqualTo(new NameClaim.Resembles("scope"));
    assertThat(count("SELECT COUNT(*) FROM person_skeleton WHERE skeleton = 'SCOPE'")).isZero();
  }

  @Test
  void givesOneOfSeveralNamesThatLookAlikeAndComeAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      String ending = "-" + Integer.toString(round + 700, 36);
      List<CompletableFuture<NameClaim>> claims =
          Stream.of("modern", "modem", "mоdem", "MODEM")
              .map(name -> name + ending)
              .map(name -> CompletableFuture.supplyAsync(() -> claim(name, "hash")))
              .toList();
      CompletableFuture.allOf(claims.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      assertThat(claims.stream().map(CompletableFuture::join))
          .filteredOn(claim -> claim instanceof NameClaim.Granted)
          .hasSize(1);
    }
  }

  @Test
  void freesTheNameOfAGuestWhoWasNotSeenForLong() {
    PersonId gone = add("guest-2", null);
    people.seen(gone, LONG_AGO.minusMillis(1));
    assertThat(claim("Guest-2", null)).isEqualTo(new NameClaim.Granted());
    assertThat(people.byId(gone)).as("the guest stays known to the log").isPresent();
  }

  @Test
  void freesANameThatLooksLikeThatOfAGuestWhoIsGone() {
    PersonId gone = add("tern", null);
    people.seen(gone, LONG_AGO.minusMillis(1));
    assertThat(claim("tem", null)).isEqualTo(new NameClaim.Granted());
    assertThat(claim("tern", null)).isEqualTo(new NameClaim.Resembles("tem"));
  }

  @Test
  void neverFreesARegisteredName() {
    PersonId joan = add("joan", "hash");
    people.seen(joan, LONG_AGO.minusMillis(1));
    assertThat(claim("joan", null)).isEqualTo(new NameClaim.Taken());
  }

  @Test
  void letsNamesFromBeforeStayAndProtectsTheOldestOfThoseThatLookAlike() {
    PersonId first = addBefore("Kim", "kim", 1);
    PersonId hidden = addBefore("kim\u3164", "kim\u3164", 2);
    PersonId hiddenToo = addBefore("Zoe\uFE0F", "zoe\uFE0F", 3);
    PersonId cyrillic = addBefore("kіm", "kіm", 4);
    int adopted = 0;
    for (int some = 1; some > 0; adopted += some) {
      some = people.adoptNames(3);
    }
    assertThat(adopted).isEqualTo(4);

    assertThat(owner("KIM")).isEqualTo(first);
    assertThat(owner("kim\u3164")).as("found by its exact spelling").isEqualTo(hidden);
    assertThat(owner("ZOE")).as("has the key of today").isEqualTo(hiddenToo);
    assertThat(owner("kіm")).isEqualTo(cyrillic);
    assertThat(claim("kirn", null)).isEqualTo(new NameClaim.Resembles("Kim"));
  }

  @Test
  void letsReplicasAdoptNamesFromBeforeAtOnce() throws Exception {
    List<PersonId> before = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      before.add(addBefore("veteran" + i + "\uFE0F", "veteran" + i + "\uFE0F", 100 + i));
    }
    List<CompletableFuture<Void>> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replicas.add(
          CompletableFuture.runAsync(
              () -> {
                for (int some = 1; some > 0; ) {
                  some = people.adoptNames(7);
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    CompletableFuture.allOf(replicas.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    for (int i = 0; i < 40; i++) {
      assertThat(owner("veteran" + i)).isEqualTo(before.get(i));
    }
  }

  @Test
  void upgradesAGuestOnce() {
    PersonId guest = add("guest-3", null);
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

  private PersonId add(String name, @Nullable String hash) {
    PersonId personId = id();
    Person person = new Person(personId, name, hash == null);
    assertThat(people.add(person, Name.ofPerson(name), hash, NOW, LONG_AGO))
        .isEqualTo(new NameClaim.Granted());
    return personId;
  }

  private NameClaim claim(String name, @Nullable String hash) {
    Person person = new Person(id(), name, hash == null);
    return people.add(person, Name.ofPerson(name), hash, NOW, LONG_AGO);
  }

  private PersonId owner(String name) {
    return people.byName(Name.meantBy(name)).orElseThrow().person().personId();
  }

  /// A person as the version before the table of skeletons left them.
  private PersonId addBefore(String name, String key, long createdAt) {
    PersonId personId = id();
    opened
        .database()
        .write(client -> {
          client
              .sql(
                  """
                  INSERT INTO person
                    (person_id, name, name_key, password_hash, created_at, last_seen_at)
                  VALUES (?, ?, ?, 'hash', ?, 0)
                  """)
              .params(personId.toString(), name, key, createdAt)
              .update();
          return client
              .sql("INSERT INTO person_to_adopt (created_at, person_id) VALUES (?, ?)")
              .params(createdAt, personId.toString())
              .update();
        });
    return personId;
  }

  private long count(String sql) {
    return opened.database().read(client -> client.sql(sql).query(Long.class).single());
  }

  private static PersonId id() {
    return new PersonId(UUID.randomUUID());
  }
}
