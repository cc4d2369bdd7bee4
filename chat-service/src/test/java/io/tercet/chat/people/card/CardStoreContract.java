package io.tercet.chat.people.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.people.picture.Picture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every database must do for cards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CardStoreContract {

  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  private TestDatabases.Opened opened;
  private CardStore cards;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStore() {
    opened = open();
    cards = new CardStore(opened.database());
  }

  @AfterAll
  void closeStore() {
    opened.close().run();
  }

  @Test
  void keepsWhatPeopleSayAboutThemselves() {
    PersonId ada = person("ada", false);
    Status status = new Status("🏖️", "away", NOW.plusSeconds(60));
    cards.setStatus(ada, status, NOW);
    cards.setTimeZone(ada, "Europe/London", NOW);
    assertThat(cards.findAll(List.of(ada, new PersonId(UUID.randomUUID()))))
        .containsExactly(new Card(new Person(ada, "ada", false), null, status, "Europe/London"));

    cards.setStatus(ada, new Status(null, "back", null), NOW);
    cards.setTimeZone(ada, null, NOW);
    assertThat(card(ada).status()).isEqualTo(new Status(null, "back", null));
    cards.setStatus(ada, null, NOW);
    assertThat(card(ada)).isEqualTo(new Card(new Person(ada, "ada", false)));
  }

  @Test
  void keepsOnePictureOfAPerson() {
    PersonId ada = person("ada-2", false);
    cards.setPicture(ada, picture("one"), NOW);
    cards.setPicture(ada, picture("two"), NOW);
    assertThat(card(ada).picture()).isEqualTo("two");
    assertThat(cards.picture(ada, "one", 64)).isEmpty();
    assertThat(cards.picture(ada, "two", 64))
        .hasValueSatisfying(found -> {
          assertThat(found.mediaType()).isEqualTo("image/png");
          assertThat(found.bytes()).containsExactly("two".getBytes());
        });
    assertThat(cards.picture(ada, "two", 100)).isEmpty();
    assertThat(cards.picture(person("eve-2", false), "two", 64)).isEmpty();

    cards.setPicture(ada, null, NOW);
    assertThat(card(ada).picture()).isNull();
    assertThat(cards.picture(ada, "two", 64)).isEmpty();
    assertThat(count("SELECT COUNT(*) FROM person_picture WHERE person_id = '" + ada + "'")).isZero();
  }

  @Test
  void mixesNoPicturesThatComeAtOnce() throws Exception {
    PersonId ada = person("ada-3", false);
    CompletableFuture.allOf(
            IntStream.range(0, 12)
                .mapToObj(i ->
                    CompletableFuture.runAsync(
                        () -> cards.setPicture(ada, picture("p" + i), NOW),
                        task -> Thread.ofVirtual().start(task)))
                .toArray(CompletableFuture[]::new))
        .get(60, TimeUnit.SECONDS);
    String hash = card(ada).picture();
    assertThat(cards.picture(ada, hash, 64)).isPresent();
    assertThat(cards.picture(ada, hash, 128)).isPresent();
    assertThat(count("SELECT COUNT(*) FROM person_picture WHERE person_id = '" + ada + "'"))
        .isEqualTo(2);
  }

  @Test
  void isSeenByWhoSharesARoomOrAnInvitation() {
    PersonId viewer = person("viewer", false);
    PersonId member = person("member", false);
    PersonId inviter = person("inviter", false);
    PersonId invited = person("invited", false);
    PersonId stranger = person("stranger", false);
    String shared = room();
    join(shared, viewer, 1);
    join(shared, member, 2);
    join(room(), stranger, 1);
    invite(viewer, inviter);
    invite(invited, viewer);

    List<PersonId> all = List.of(viewer, member, inviter, invited, stranger);
    assertThat(cards.seenBy(viewer, all, 10))
        .containsExactlyInAnyOrder(viewer, member, inviter, invited);
    assertThat(cards.seenBy(stranger, List.of(viewer), 10)).isEmpty();
    assertThat(cards.seenBy(stranger, List.of(), 10)).isEmpty();
  }

  @Test
  void looksThroughABoundedNumberOfRooms() {
    PersonId viewer = person("viewer-2", false);
    PersonId member = person("member-2", false);
    for (int i = 1; i <= 3; i++) {
      join(room(), viewer, i);
    }
    String last = room();
    join(last, viewer, 4);
    join(last, member, 4);
    assertThat(cards.seenBy(viewer, List.of(member), 3)).isEmpty();
    assertThat(cards.seenBy(viewer, List.of(member), 4)).isEqualTo(Set.of(member));
    assertThat(cards.rooms(viewer, 3)).hasSize(3).doesNotContain(UUID.fromString(last));
    assertThat(cards.rooms(viewer, 9)).hasSize(4).last().isEqualTo(UUID.fromString(last));
  }

  @Test
  void findsPeopleByTheBeginningOfAWord() {
    PersonId first = person("zyx", false);
    PersonId second = person("zyxa", true);
    PersonId gone = person("zyxb", false);
    sql("UPDATE person SET name_key = NULL WHERE person_id = '" + gone + "'");
    for (PersonId each : List.of(first, second, gone)) {
      word(each, "zyx" + (each == first ? "" : "q"));
      word(each, "zyx-other");
    }
    assertThat(found("zyx", 50)).containsExactly(first, second);
    assertThat(found("zyxq", 50)).containsExactly(second);
    assertThat(found("zyx-o", 50)).containsExactlyInAnyOrder(first, second);
    assertThat(found("zyz", 50)).isEmpty();
    assertThat(found("zyx", 1)).containsExactly(first);
  }

  @Test
  void knowsWhoseCardChangedSince() {
    Instant later = NOW.plusSeconds(3_600);
    PersonId one = person("one", false);
    PersonId two = person("two", false);
    cards.setTimeZone(one, "UTC", later);
    cards.setStatus(one, null, later);
    cards.setPicture(two, null, later.plusMillis(5));
    assertThat(cards.changedSince(later, 10))
        .isEqualTo(Map.of(one, later.plusMillis(1), two, later.plusMillis(5)));
    assertThat(cards.changedSince(later, 1)).containsOnlyKeys(two);
    assertThat(cards.changedSince(later.plusMillis(6), 10)).isEmpty();
  }

  private Card card(PersonId personId) {
    return cards.findAll(List.of(personId)).getFirst();
  }

  private List<PersonId> found(String beginning, int limit) {
    return cards.search(beginning, limit).stream().map(card -> card.person().personId()).toList();
  }

  private static Picture picture(String hash) {
    byte[] bytes = hash.getBytes();
    return new Picture(
        hash,
        List.of(
            new Picture.Rendition(64, "image/png", bytes),
            new Picture.Rendition(128, "image/png", bytes)));
  }

  private PersonId person(String name, boolean guest) {
    PersonId personId = new PersonId(UUID.randomUUID());
    sql(
        "INSERT INTO person (person_id, name, name_key, password_hash, created_at, last_seen_at)"
            + " VALUES ('%s', '%s', '%s', %s, 0, 0)"
                .formatted(personId, name, name, guest ? "NULL" : "'hash'"));
    return personId;
  }

  private String room() {
    String roomId = UUID.randomUUID().toString();
    sql(
        "INSERT INTO room (room_id, name, topic, visibility, last_seq, created_at)"
            + " VALUES ('%s', 'room', '', 'PRIVATE', 0, 0)".formatted(roomId));
    return roomId;
  }

  private void join(String roomId, PersonId personId, long at) {
    sql(
        "INSERT INTO member (room_id, person_id, joined_at) VALUES ('%s', '%s', %d)"
            .formatted(roomId, personId, at));
  }

  private void invite(PersonId personId, PersonId inviter) {
    sql(
        "INSERT INTO invitation (person_id, room_id, inviter_id, invited_at)"
            + " VALUES ('%s', '%s', '%s', 0)".formatted(personId, room(), inviter));
  }

  private void word(PersonId personId, String word) {
    sql("INSERT INTO person_word (word, person_id) VALUES ('%s', '%s')".formatted(word, personId));
  }

  private void sql(String statement) {
    opened.database().write(client -> client.sql(statement).update());
  }

  private long count(String query) {
    return opened.database().read(client -> client.sql(query).query(Long.class).single());
  }
}
