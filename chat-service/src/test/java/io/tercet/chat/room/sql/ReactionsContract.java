package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.NOW;
import static io.tercet.chat.room.sql.TestLog.delete;
import static io.tercet.chat.room.sql.TestLog.edit;
import static io.tercet.chat.room.sql.TestLog.react;
import static io.tercet.chat.room.sql.TestLog.refusal;
import static io.tercet.chat.room.sql.TestLog.unreact;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.CurrentEntry.Reaction;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for reactions to messages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReactionsContract {

  private static final CommandResult UNCHANGED = new CommandResult.Unchanged();
  private static final String THUMB = "👍";
  private static final String HEART = "❤️";

  private TestDatabases.Opened opened;
  private TestLog log;
  private Person ada;
  private Person grace;
  private Person eve;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openLog() {
    opened = open();
    log = new TestLog(opened.database());
    ada = log.person("ada");
    grace = log.person("grace");
    eve = log.person("eve");
  }

  @AfterAll
  void closeLog() {
    opened.close().run();
  }

  @Test
  void aReactionIsAnEntryAndTheMessageCountsIt() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "Tea?"));
    assertThat(log.apply(react(room, grace, message, THUMB)))
        .isEqualTo(new CommandResult.Appended(entry(4, grace, new Entry.Reacted(3, THUMB))));
    assertThat(log.apply(react(room, ada, message, THUMB)))
        .isEqualTo(new CommandResult.Appended(entry(5, ada, new Entry.Reacted(3, THUMB))));
    log.append(react(room, ada, message, HEART));
    assertThat(log.store.after(room, 4, 10).stream().map(Entry::content))
        .containsExactly(new Entry.Reacted(3, THUMB), new Entry.Reacted(3, HEART));
    assertThat(shown(room, ada, message))
        .containsExactly(new Reaction(THUMB, 2, true), new Reaction(HEART, 1, true));
    assertThat(shown(room, grace, message))
        .containsExactly(new Reaction(THUMB, 2, true), new Reaction(HEART, 1, false));

    assertThat(log.apply(unreact(room, ada, message, THUMB)))
        .isEqualTo(new CommandResult.Appended(entry(7, ada, new Entry.Unreacted(3, THUMB))));
    assertThat(shown(room, ada, message))
        .containsExactly(new Reaction(THUMB, 1, false), new Reaction(HEART, 1, true));
    assertThat(log.current(room, message).version()).as("the text is the same").isEqualTo(3);
  }

  @Test
  void onlyWhatChangesSomethingIsAnEntry() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "text"));
    assertThat(log.apply(unreact(room, ada, message, THUMB))).isEqualTo(UNCHANGED);
    log.append(react(room, ada, message, THUMB));
    assertThat(log.apply(react(room, ada, message, THUMB))).isEqualTo(UNCHANGED);
    log.append(unreact(room, ada, message, THUMB));
    assertThat(log.apply(unreact(room, ada, message, THUMB))).isEqualTo(UNCHANGED);
    assertThat(log.store.lastSeqs(List.of(room))).isEqualTo(Map.of(room, 4L));
    assertThat(shown(room, ada, message)).isEmpty();
  }

  @Test
  void anEmojiThatComesAgainComesLast() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "text"));
    for (String emoji : List.of(THUMB, HEART, "🎉")) {
      log.append(react(room, ada, message, emoji));
    }
    log.append(react(room, grace, message, HEART));
    log.append(unreact(room, ada, message, HEART));
    log.append(unreact(room, ada, message, THUMB));
    assertThat(emoji(room, message)).containsExactly(HEART, "🎉");
    log.append(react(room, ada, message, THUMB));
    assertThat(emoji(room, message)).containsExactly(HEART, "🎉", THUMB);
  }

  @Test
  void whoLeavesKeepsTheirReactionsAndTakesNoneBack() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "text"));
    log.append(react(room, grace, message, THUMB));
    log.append(new LogCommand.Leave(room, grace));
    assertThat(refusal(log.apply(unreact(room, grace, message, THUMB))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
    assertThat(shown(room, ada, message)).containsExactly(new Reaction(THUMB, 1, false));
    log.append(new LogCommand.Join(room, grace));
    assertThat(log.apply(react(room, grace, message, THUMB))).isEqualTo(UNCHANGED);
  }

  @Test
  void onlyMembersReactAndOnlyToMessagesOfTheirRoom() {
    RoomId room = log.room(ada);
    log.append(log.post(log.room(ada), ada, "a message of another room"));
    long message = log.append(log.post(room, ada, "text"));
    long edited = log.append(edit(room, ada, message, "edited"));
    long reacted = log.append(react(room, ada, message, THUMB));
    RoomId nowhere = new RoomId(UUID.randomUUID());
    for (LogCommand command :
        List.of(
            react(room, eve, message, THUMB),
            unreact(room, eve, message, THUMB),
            react(room, eve, 99, THUMB),
            react(nowhere, ada, 1, THUMB),
            unreact(nowhere, ada, 1, THUMB))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
    }
    for (long seq : new long[] {-1, 0, 1, edited, reacted, 99, Long.MAX_VALUE}) {
      assertThat(refusal(log.apply(react(room, ada, seq, THUMB))))
          .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
      assertThat(refusal(log.apply(unreact(room, ada, seq, THUMB))))
          .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    }
    assertThat(shown(room, ada, message)).containsExactly(new Reaction(THUMB, 1, true));
  }

  @Test
  void deletingAMessageEndsItsReactions() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, grace, "text"));
    long other = log.append(log.post(room, grace, "other"));
    log.append(react(room, ada, message, THUMB));
    log.append(react(room, grace, message, HEART));
    log.append(react(room, grace, other, HEART));
    log.append(delete(room, grace, message));
    assertThat(shown(room, ada, message)).isEmpty();
    assertThat(rows(room)).extracting(row -> "" + row.get("seq")).containsExactly("" + other);
    assertThat(refusal(log.apply(react(room, ada, message, THUMB))))
        .isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(log.apply(unreact(room, ada, message, THUMB)))
        .as("there is none")
        .isEqualTo(UNCHANGED);
  }

  @Test
  void aMessageHasABoundedNumberOfDifferentEmoji() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, ada, "text"));
    int max = MessageRules.REACTIONS_MAX;
    List<String> all = new ArrayList<>();
    for (int animal = 0x1F400; all.size() <= max; animal++) {
      all.add(Character.toString(animal));
    }
    String onlyOne = all.get(1);
    String last = all.getLast();
    log.apply(
        all.subList(0, max - 1).stream().map(each -> react(room, ada, message, each)).toList());
    List<CommandResult> results =
        log.apply(
            List.of(
                react(room, grace, message, all.get(max - 1)), react(room, ada, message, last)));
    assertThat(results.getFirst()).isInstanceOf(CommandResult.Appended.class);
    assertThat(refusal(results.getLast())).isEqualTo(ProblemType.TOO_MANY_REACTIONS);
    assertThat(refusal(log.apply(react(room, grace, message, last))))
        .isEqualTo(ProblemType.TOO_MANY_REACTIONS);
    log.append(react(room, grace, message, all.getFirst()));
    assertThat(emoji(room, message)).isEqualTo(all.subList(0, max));
    log.append(unreact(room, ada, message, onlyOne));
    log.append(react(room, grace, message, last));
  }

  @Test
  void theCommandsOfABatchSeeThoseBeforeThem() {
    RoomId room = log.room(ada, grace);
    long first = log.append(log.post(room, ada, "first"));
    log.append(react(room, grace, first, HEART));
    List<CommandResult> results =
        log.apply(
            List.of(
                react(room, ada, 5, THUMB),
                log.post(room, ada, "the fifth"),
                react(room, ada, 5, THUMB),
                react(room, ada, 5, THUMB),
                unreact(room, ada, 5, THUMB),
                react(room, ada, 5, HEART),
                unreact(room, grace, first, HEART),
                react(room, grace, first, HEART),
                log.post(room, ada, "the eleventh"),
                react(room, ada, 11, THUMB),
                delete(room, ada, 11),
                react(room, ada, 11, THUMB)));
    assertThat(results.stream().map(result -> result instanceof CommandResult.Appended))
        .containsExactly(false, true, true, false, true, true, true, true, true, true, true, false);
    assertThat(shown(room, ada, 5)).containsExactly(new Reaction(HEART, 1, true));
    assertThat(shown(room, ada, 11)).isEmpty();
    assertThat(rows(room))
        .extracting(row -> row.get("seq") + " by " + row.get("reacted_seq"))
        .containsExactly("3 by 10", "5 by 8");
  }

  @Test
  void theFirstPeopleOfEachEmojiAreKnownInTheirOrder() {
    RoomId room = log.room(ada, grace, eve);
    long message = log.append(log.post(room, ada, "text"));
    for (Person person : List.of(eve, ada, grace)) {
      log.append(react(room, person, message, THUMB));
    }
    log.append(react(room, grace, message, HEART));
    assertThat(reactedBy(room, message, 2))
        .isEqualTo(
            Map.of(
                THUMB, List.of(eve.personId(), ada.personId()), HEART, List.of(grace.personId())));
    log.append(unreact(room, eve, message, THUMB));
    log.append(react(room, eve, message, THUMB));
    assertThat(reactedBy(room, message, 9).get(THUMB))
        .containsExactly(ada.personId(), grace.personId(), eve.personId());
    assertThat(reactedBy(room, 1, 9)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void afterAnyCommandsCurrentEntriesAreWhatTheLogSays(long seed) {
    Random random = new Random(seed);
    for (RoomId room : anyCommands(random)) {
      List<Entry> all = log.store.after(room, 0, 10_000);
      assertThat(all).anyMatch(entry -> entry.content() instanceof Entry.Unreacted);
      for (Person viewer : List.of(ada, grace, eve)) {
        long from = random.nextInt(all.size());
        for (long to : new long[] {from, from + 50, all.size()}) {
          assertThat(log.store.current(room, viewer.personId(), from, to))
              .isEqualTo(LogModel.current(all, viewer.personId(), from, to));
        }
      }
    }
  }

  @Test
  void reactionsAreRebuiltFromTheLog() {
    RoomId room = anyCommands(new Random(7)).getFirst();
    List<CurrentEntry> before = log.store.current(room, ada.personId(), 0, 10_000);
    List<Map<String, Object>> rows = rows(room);
    assertThat(rows).isNotEmpty();
    opened
        .database()
        .write(client -> {
          client.sql("DELETE FROM reaction WHERE seq % 2 = 0").update();
          client.sql("UPDATE reaction SET reacted_seq = 1 WHERE seq % 3 = 0").update();
          client.sql("UPDATE message_now SET reactions = '{\"x\":7}' WHERE seq % 2 = 1").update();
          return client
              .sql("UPDATE entry SET target_seq = NULL WHERE kind = 'reacted' AND seq % 2 = 0")
              .update();
        });
    assertThat(log.store.current(room, ada.personId(), 0, 10_000)).isNotEqualTo(before);

    for (int placesAtOnce : List.of(7, 1_000)) {
      new JdbcMessageRebuild(opened.database(), JsonMapper.builder().build()).rebuild(placesAtOnce);
      assertThat(log.store.current(room, ada.personId(), 0, 10_000)).isEqualTo(before);
      assertThat(rows(room)).isEqualTo(rows);
    }
  }

  /// Three people in two rooms; the log of each has some hundred entries then.
  private List<RoomId> anyCommands(Random random) {
    List<Person> people = List.of(ada, grace, eve);
    List<RoomId> rooms = List.of(log.room(ada, grace, eve), log.room(grace, ada, eve));
    for (int batch = 0; batch < 60; batch++) {
      List<LogCommand> commands = new ArrayList<>();
      int size = 1 + random.nextInt(12);
      for (int i = 0; i < size; i++) {
        RoomId room = rooms.get(random.nextInt(rooms.size()));
        commands.add(command(random, room, people.get(random.nextInt(3))));
      }
      log.apply(commands);
    }
    return rooms;
  }

  private LogCommand command(Random random, RoomId room, Person person) {
    // Few messages get most of it; some places are those that the batch is about to fill.
    long last = log.store.lastSeqs(List.of(room)).get(room);
    long target = random.nextInt(3) == 0 ? last + random.nextInt(4) : 4 + random.nextInt(8);
    String emoji = List.of(THUMB, HEART, "🎉").get(random.nextInt(3));
    return switch (random.nextInt(12)) {
      case 0, 1 -> log.post(room, person, "text");
      case 2 -> random.nextInt(4) == 0 ? delete(room, person, target) : log.post(room, person, "t");
      case 3 -> edit(room, person, target, "edited " + random.nextInt(9));
      case 4, 5, 6, 7 -> unreact(room, person, target, emoji);
      default -> react(room, person, target, emoji);
    };
  }

  private List<Reaction> shown(RoomId room, Person viewer, long message) {
    return log.current(room, viewer.personId(), message).reactions();
  }

  private List<String> emoji(RoomId room, long message) {
    return shown(room, ada, message).stream().map(Reaction::emoji).toList();
  }

  private Map<String, List<PersonId>> reactedBy(RoomId room, long message, int peopleMax) {
    return new JdbcRoomStore(opened.database(), TestReading.SETTINGS)
        .reactedBy(room, message, emoji(room, message), peopleMax);
  }

  private List<Map<String, Object>> rows(RoomId room) {
    return opened
        .database()
        .read(client ->
            client
                .sql(
                    """
                    SELECT seq, person_id, emoji, reacted_seq FROM reaction WHERE room_id = ?
                    ORDER BY seq, reacted_seq
                    """)
                .param(room.toString())
                .query()
                .listOfRows());
  }

  private static Entry entry(long seq, Person person, Entry.Content content) {
    return new Entry(seq, person.personId(), person.name(), NOW, content);
  }
}
