package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
  void givesWhatADisplayNameGivesToOnePersonOnly() {
    PersonId lou = add("lou", "hash");
    PersonId max = add("max", "hash");
    assertThat(rename(lou, "Countess of Lovelace", 10)).isTrue();
    assertThat(rename(lou, "Countess of Lovelace", 10)).as("nothing changes").isFalse();
    assertThat(owner("countess of  lovelace")).isEqualTo(lou);
    assertThat(owner("lou")).isEqualTo(lou);
    assertThat(people.byId(lou)).map(a -> a.person().displayName()).contains("Countess of Lovelace");

    assertThat(claim("Countess.of.Lovelace", "hash")).isEqualTo(new NameClaim.Taken());
    assertThat(claim("Countess.of.Love1ace", "hash")).isEqualTo(new NameClaim.Resembles("lou"));
    assertRefused(ProblemType.NAME_TAKEN, () -> rename(max, "COUNTESS of lovelace", 10));
    assertRefused(ProblemType.NAME_RESEMBLES, () -> rename(max, "Countess of Love1ace", 10));
    assertRefused(ProblemType.NAME_TAKEN, () -> rename(max, "Lou", 10));
    assertRefused(ProblemType.NAME_RESEMBLES, () -> rename(max, "l0u", 10));
    assertThat(owner("max")).isEqualTo(max);
    Person stranger = new Person(id(), "stranger-1", "Lou", false);
    assertThat(people.add(stranger, Name.ofPerson("stranger-1"), "hash", NOW, LONG_AGO))
        .isEqualTo(new NameClaim.Taken());
  }

  @Test
  void releasesADisplayNameOfBefore() {
    PersonId joe = add("joe", "hash");
    PersonId pam = add("pam", "hash");
    rename(joe, "Captain", 10);
    rename(joe, "Commodore", 10);
    assertThat(rename(pam, "Captain", 10)).isTrue();
    assertThat(owner("captain")).isEqualTo(pam);
    rename(joe, null, 10);
    assertThat(people.byName(Name.meantBy("Commodore"))).isEmpty();
    assertThat(owner("joe")).as("a name stays").isEqualTo(joe);
    assertThat(claim("JOE", "hash")).isEqualTo(new NameClaim.Taken());
    assertThat(claim("Commodore", "hash")).isEqualTo(new NameClaim.Granted());
  }

  @Test
  void keepsWhatItHadWhenARenameIsRefused() {
    PersonId kay = add("kay", "hash");
    add("ivy", "hash");
    rename(kay, "Doctor Kay", 10);
    assertRefused(ProblemType.NAME_TAKEN, () -> rename(kay, "Ivy", 10));
    assertThat(owner("doctor kay")).isEqualTo(kay);
    assertThat(claim("Doctor.Kay", "hash")).isEqualTo(new NameClaim.Taken());
    assertThat(rename(kay, "K. A. Y.", 10)).as("its own skeletons are no obstacle").isTrue();
  }

  @Test
  void givesADisplayNameToOneOfThoseWhoWantItAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      String wanted = "Wanted-" + Integer.toString(round + 700, 36);
      List<PersonId> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(add("wants-" + round + "-" + Integer.toString(i + 700, 36), "hash"));
      }
      List<CompletableFuture<Boolean>> renames =
          all.stream()
              .map(each ->
                  CompletableFuture.supplyAsync(
                      () -> {
                        try {
                          return rename(each, wanted, 10);
                        } catch (ProblemException taken) {
                          return false;
                        }
                      }))
              .toList();
      CompletableFuture.allOf(renames.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      assertThat(renames.stream().filter(CompletableFuture::join)).hasSize(1);
    }
  }

  @Test
  void changesADisplayNameABoundedNumberOfTimesADay() {
    PersonId uma = add("uma", "hash");
    rename(uma, "Uma One", 2);
    rename(uma, "Uma Two", 2);
    assertThatThrownBy(() -> rename(uma, "Uma Three", 2))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.type()).isEqualTo(ProblemType.TOO_FAST);
              assertThat(refusal.retryAfterSeconds()).hasValue(16 * 3_600);
            });
    assertThat(people.rename(uma, "Uma Three", NOW.plus(Duration.ofDays(1)), LONG_AGO, 2)).isTrue();
  }

  @Test
  void findsPeopleByTheWordsOfAllTheirNames() {
    PersonId tom = add("tom.jones", "hash");
    assertThat(words(tom)).containsExactlyInAnyOrder("tom-jones", "jones");
    rename(tom, "Sir Thomas", 10);
    assertThat(words(tom)).containsExactlyInAnyOrder("tom-jones", "jones", "sir-thomas", "thomas");
    rename(tom, null, 10);
    assertThat(words(tom)).containsExactlyInAnyOrder("tom-jones", "jones");
    PersonId gone = add("walrus", null);
    people.seen(gone, LONG_AGO.minusMillis(1));
    claim("walrus", null);
    assertThat(words(gone)).isEmpty();
  }

  private List<String> words(PersonId personId) {
    return opened
        .database()
        .read(client ->
            client
                .sql("SELECT word FROM person_word WHERE person_id = ?")
                .param(personId.toString())
                .query(String.class)
                .list());
  }

  private boolean rename(PersonId personId, @Nullable String displayName, int perDayMax) {
    return people.rename(personId, displayName, NOW, LONG_AGO, perDayMax);
  }

  private static void assertRefused(ProblemType type, ThrowingCallable rename) {
    assertThatThrownBy(rename)
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.type()).isEqualTo(type));
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
