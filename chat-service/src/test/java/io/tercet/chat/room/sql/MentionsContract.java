package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.delete;
import static io.tercet.chat.room.sql.TestLog.edit;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.MessageRules;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.RoomCursor;
import io.tercet.chat.room.RoomStore;
import io.tercet.chat.room.reading.ReadMove;
import io.tercet.chat.room.reading.ReadPlaceStore;
import io.tercet.chat.room.reading.Reader;
import io.tercet.chat.room.sql.reading.JdbcReadPlaceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for messages that mention people. Ada owns the rooms.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MentionsContract {

  private TestDatabases.Opened opened;
  private TestLog log;
  private RoomStore rooms;
  private ReadPlaceStore places;
  private Person ada;
  private Person grace;
  private Person linus;
  private Person eve;
  private Person guest;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openLog() {
    opened = open();
    log = new TestLog(opened.database());
    rooms = new JdbcRoomStore(opened.database(), TestReading.SETTINGS);
    places = new JdbcReadPlaceStore(opened.database());
    ada = log.person("ada");
    grace = log.person("grace");
    linus = log.person("linus");
    eve = log.person("eve");
    log.person("room");
    guest = new Person(log.person("guest").personId(), "guest", true);
  }

  @AfterAll
  void closeLog() {
    opened.close().run();
  }

  @Test
  void aTextMentionsTheMembersWhoseNamesItHas() {
    RoomId room = log.room(ada, grace, linus);
    assertThat(sent(log.post(room, ada, "@Linus, `@eve` and @grace. @linus!")))
        .isEqualTo(named(linus, grace));
    assertThat(sent(log.post(room, ada, "@ada @eve @nobody"))).isNull();
    assertThat(log.store.after(room, 3, 9))
        .as("the log says it, too")
        .extracting(each -> ((Entry.Message) each.content()).mentions())
        .containsExactly(named(linus, grace), null);
  }

  @Test
  void whoComesOrGoesInTheSameBatchIsAMemberFromThenOnOrUntilThen() {
    RoomId room = log.room(ada, grace);
    List<CommandResult> results =
        log.apply(
            List.of(
                log.post(room, ada, "@linus @grace"),
                new LogCommand.Join(room, linus),
                new LogCommand.Leave(room, grace),
                log.post(room, ada, "@linus @grace")));
    assertThat(mentions(results.getFirst())).isEqualTo(named(grace));
    assertThat(mentions(results.getLast())).isEqualTo(named(linus));
  }

  @Test
  void onlyTheOwnerMentionsTheRoom() {
    RoomId room = log.room(ada, grace, linus, guest);
    assertThat(sent(log.post(room, ada, "@room, @grace")))
        .isEqualTo(new Entry.Mentions(List.of(grace.personId()), true, false));
    assertThat(sent(log.post(room, grace, "@room"))).isNull();
    assertThat(sent(log.post(room, guest, "@room"))).isNull();
    long edited = log.append(log.post(room, grace, "text"));
    log.append(edit(room, grace, edited, "@room"));
    assertThat(now(room, edited)).isNull();

    assertThat(mentioned(room, linus)).containsExactly(5L);
    assertThat(mentioned(room, guest)).containsExactly(5L);
    assertThat(mentioned(room, ada)).isEmpty();
  }

  @Test
  void hereMentionsMembersWhoArePresentIfARegisteredPersonWritesIt() {
    RoomId room = log.room(ada, grace, linus, guest);
    List<PersonId> present = Stream.of(linus, eve, grace).map(Person::personId).toList();
    assertThat(sent(log.post(room, grace, "@here, @ada", present)))
        .isEqualTo(new Entry.Mentions(List.of(ada.personId(), linus.personId()), false, true));
    assertThat(sent(log.post(room, grace, "nobody is called", present))).isNull();
    assertThat(sent(log.post(room, guest, "@here", present))).isNull();
    assertThat(sent(log.post(room, grace, "@here", null))).as("too many").isNull();
    assertThat(sent(log.post(room, grace, "@here", List.of())))
        .isEqualTo(new Entry.Mentions(List.of(), false, true));
    assertThat(mentioned(room, linus)).containsExactly(5L);
    assertThat(mentioned(room, guest)).isEmpty();
  }

  @Test
  void nobodyHasTheNameOfTheRoom() {
    Person called = new Person(personId("room"), "room", false);
    RoomId room = log.room(ada, grace, called);
    assertThat(sent(log.post(room, grace, "@room"))).isNull();
    assertThat(sent(log.post(room, ada, "@room")))
        .isEqualTo(new Entry.Mentions(List.of(), true, false));
  }

  @Test
  void mentionsABoundedNumberOfPeople() {
    List<Person> many =
        IntStream.range(0, MessageRules.NAMED_MAX + 2)
            .mapToObj(each -> log.person("many" + each))
            .toList();
    RoomId room = log.room(ada, many.toArray(Person[]::new));
    String all = many.stream().map(each -> "@" + each.name()).collect(Collectors.joining(" "));
    Person[] first = many.subList(0, MessageRules.NAMED_MAX).toArray(Person[]::new);

    assertThat(sent(log.post(room, ada, all))).isEqualTo(named(first));
    Person[] others = many.subList(1, MessageRules.NAMED_MAX + 1).toArray(Person[]::new);
    assertThat(sent(log.post(room, many.getFirst(), all)))
        .as("who writes it does not count")
        .isEqualTo(named(others));
  }

  @Test
  void anEditMentionsWhomItNamesAndNobodyElse() {
    RoomId room = log.room(ada, grace, linus);
    long message = log.append(log.post(room, ada, "@grace"));
    assertThat(sent(edit(room, ada, message, "@linus"))).isEqualTo(named(linus));
    assertThat(now(room, message)).isEqualTo(named(linus));
    assertThat(mentioned(room, grace)).isEmpty();
    assertThat(mentioned(room, linus)).containsExactly(message);

    log.append(edit(room, ada, message, "nobody"));
    assertThat(now(room, message)).isNull();
    assertThat(mentioned(room, linus)).isEmpty();
  }

  @Test
  void anEditMentionsWhoHasNotReadTheMessage() {
    RoomId room = log.room(ada, grace, linus);
    long message = log.append(log.post(room, ada, "text"));
    read(room, grace, message);
    log.append(edit(room, ada, message, "@grace @linus"));

    assertThat(mentioned(room, grace)).isEmpty();
    assertThat(mentioned(room, linus)).containsExactly(message);
  }

  @Test
  void aDeletedMessageMentionsNobodyAndLeavesNoNames() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "@grace, look"));
    log.append(edit(room, ada, message, "@grace, listen"));
    log.append(delete(room, ada, message));

    assertThat(mentioned(room, grace)).isEmpty();
    assertThat(now(room, message)).isNull();
    assertThat(rows("SELECT mentions FROM entry WHERE room_id = '%s'", room)).containsOnlyNulls();
    assertThat(rows("SELECT person_id FROM mention WHERE room_id = '%s'", room)).isEmpty();
  }

  @Test
  void aTextThatAnEarlierVersionBlankedMentionsNobody() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "@grace"));
    opened
        .database()
        .write(client ->
            client
                .sql("UPDATE entry SET body = '' WHERE room_id = ? AND seq = ?")
                .params(room.toString(), message)
                .update());
    assertThat(now(room, message)).isNull();
  }

  @Test
  void aRepeatedMessageMentionsOnce() {
    RoomId room = log.room(ada, grace);
    LogCommand post = log.post(room, ada, "@grace");
    long message = log.append(post);
    assertThat(log.apply(post)).isInstanceOf(CommandResult.Duplicate.class);
    assertThat(mentioned(room, grace)).containsExactly(message);
  }

  @Test
  void countsUnreadMentionsUntilTheyAreReadAndToABound() {
    RoomId room = log.room(ada, grace, linus);
    List<Long> all = new ArrayList<>();
    for (int each = 0; each < TestReading.COUNTED_MAX + 2; each++) {
      log.append(log.post(room, linus, "text"));
      all.add(log.append(log.post(room, ada, each % 2 == 0 ? "@grace" : "@room @grace")));
    }
    List<Long> newest = all.subList(2, all.size());
    assertThat(mentioned(room, grace)).isEqualTo(newest);
    assertThat(listed(room, grace).mentions()).isEqualTo(TestReading.COUNTED_MAX);
    assertThat(rooms.find(room, grace.personId())).contains(listed(room, grace));

    read(room, grace, newest.get(1));
    assertThat(mentioned(room, grace)).isEqualTo(newest.subList(2, newest.size()));
    assertThat(listed(room, grace).mentions()).isEqualTo(newest.size() - 2);
    read(room, grace, 99);
    assertThat(mentioned(room, grace)).isEmpty();
    assertThat(listed(room, grace).mentions()).isZero();
  }

  @Test
  void whoMentionsEverybodyIsNotMentioned() {
    RoomId room = log.room(ada, grace);
    log.append(log.post(room, ada, "@room"));
    log.append(log.post(room, grace, "text"));
    assertThat(mentioned(room, ada)).isEmpty();
    assertThat(listed(room, ada).mentions()).isZero();
    assertThat(listed(room, grace).mentions()).isOne();
  }

  @Test
  void whoComesLaterIsNotMentioned() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "@room"));
    log.append(new LogCommand.Join(room, linus));
    log.append(edit(room, ada, message, "@room and @linus"));
    assertThat(mentioned(room, linus)).isEmpty();
    assertThat(listed(room, linus).mentions()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void mentionsAreWhatTheLogSaysAndAreRebuiltFromIt(int placesAtOnce) {
    RoomId room = log.room(ada, grace, linus);
    List<Person> people = List.of(ada, grace, linus);
    List<String> texts = List.of("text", "@ada", "@grace @linus", "@room", "@linus", "@here");
    List<PersonId> present = List.of(ada.personId(), linus.personId());
    Random random = new Random(placesAtOnce);
    for (int batch = 0; batch < 40; batch++) {
      List<LogCommand> commands = new ArrayList<>();
      for (int each = 0; each < 5; each++) {
        Person person = people.get(random.nextInt(3));
        String text = texts.get(random.nextInt(texts.size()));
        long target = 4 + random.nextInt(30);
        commands.add(
            switch (random.nextInt(8)) {
              case 0 -> delete(room, person, target);
              case 1, 2, 3 -> edit(room, person, target, text);
              default -> log.post(room, person, text, present);
            });
      }
      log.apply(commands);
    }
    List<String> expected = mentionsOf(room);
    assertThat(expected).isNotEmpty();
    String rows =
        "SELECT seq || ' ' || person_id || ' ' || author_id FROM mention WHERE room_id = '%s'";
    assertThat(rows(rows, room)).containsExactlyInAnyOrderElementsOf(expected);

    opened
        .database()
        .write(client ->
            client.sql("DELETE FROM mention WHERE seq % 2 = 0").update()
                + client.sql("UPDATE mention SET author_id = person_id").update());
    new JdbcMessageRebuild(opened.database(), JsonMapper.builder().build()).rebuild(placesAtOnce);
    assertThat(rows(rows, room)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /// The rows of the table, by the entries of the log alone.
  private List<String> mentionsOf(RoomId room) {
    List<String> rows = new ArrayList<>();
    for (CurrentEntry each : log.store.current(room, ada.personId(), 1, 10_000)) {
      Entry.Mentions now =
          each.entry().content() instanceof Entry.Message ? now(room, each.entry().seq()) : null;
      if (now != null) {
        Stream<String> people =
            now.room() ? Stream.of("") : now.people().stream().map(PersonId::toString);
        people.forEach(
            person -> rows.add(each.entry().seq() + " " + person + " " + each.entry().personId()));
      }
    }
    return rows;
  }

  private Entry.@Nullable Mentions sent(LogCommand command) {
    return mentions(log.apply(command));
  }

  private static Entry.@Nullable Mentions mentions(CommandResult result) {
    Entry entry = ((CommandResult.Appended) result).entry();
    return mentions(entry);
  }

  private static Entry.@Nullable Mentions mentions(Entry entry) {
    return switch (entry.content()) {
      case Entry.Message message -> message.mentions();
      case Entry.Edited edited -> edited.mentions();
      default -> throw new IllegalStateException(entry.toString());
    };
  }

  /// Whom a message mentions by the text that it has now.
  private Entry.@Nullable Mentions now(RoomId room, long seq) {
    CurrentEntry message = log.current(room, seq);
    if (message.deletion() != null) {
      return null;
    }
    return mentions(message.edit() == null ? message.entry() : message.edit());
  }

  private static Entry.Mentions named(Person... people) {
    return new Entry.Mentions(Stream.of(people).map(Person::personId).toList(), false, false);
  }

  /// The unread messages that mention somebody.
  private List<Long> mentioned(RoomId room, Person person) {
    return rooms.unread(room, person.personId()).orElseThrow().mentions();
  }

  private Room listed(RoomId room, Person person) {
    return rooms.own(person.personId(), new RoomCursor.Own(Long.MIN_VALUE, ""), 1_000).stream()
        .map(each -> each.room())
        .filter(each -> each.roomId().equals(room))
        .findFirst()
        .orElseThrow();
  }

  private void read(RoomId room, Person person, long seq) {
    places.write(List.of(new ReadMove(new Reader(person.personId(), room), seq, false))).join();
  }

  private PersonId personId(String name) {
    return PersonId.of(
        opened
            .database()
            .read(client ->
                client
                    .sql("SELECT person_id FROM person WHERE name_key = ?")
                    .param(name)
                    .query(String.class)
                    .single()));
  }

  private List<@Nullable String> rows(String sql, RoomId room) {
    return opened
        .database()
        .read(client -> client.sql(sql.formatted(room)).query(String.class).list());
  }
}
