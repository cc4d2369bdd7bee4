package io.tercet.chat.room.sql;

import static io.tercet.chat.room.sql.TestLog.NOW;
import static io.tercet.chat.room.sql.TestLog.delete;
import static io.tercet.chat.room.sql.TestLog.edit;
import static io.tercet.chat.room.sql.TestLog.refusal;
import static io.tercet.chat.room.sql.TestLog.seq;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for messages that are edited and deleted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MessageChangesContract {

  private static final CommandResult UNCHANGED = new CommandResult.Unchanged();

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
  void anEditIsAnEntryAndTheMessageHasItsText() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "Tee"));
    assertThat(log.apply(edit(room, ada, message, "Tea")))
        .isEqualTo(new CommandResult.Appended(entry(3, ada, new Entry.Edited(message, "Tea"))));
    assertThat(log.store.after(room, message, 10))
        .containsExactly(entry(3, ada, new Entry.Edited(message, "Tea")));
    assertThat(log.text(room, message)).isEqualTo("Tea");
    assertThat(log.current(room, message).version()).isEqualTo(3);
    log.append(edit(room, ada, message, "Tea?"));
    assertThat(log.current(room, message).version()).isEqualTo(4);
  }

  @Test
  void aDeletionIsAnEntryAndLeavesNoTextAnywhere() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "secret-1 \"\\"));
    long other = log.append(log.post(room, ada, "stays"));
    log.append(edit(room, ada, message, "secret-2"));
    log.append(edit(room, ada, message, "secret-3"));
    log.append(edit(room, ada, other, "stays, too"));
    assertThat(log.apply(delete(room, ada, message)))
        .isEqualTo(new CommandResult.Appended(entry(7, ada, new Entry.Deleted(message))));

    assertThat(log.bodies()).noneMatch(body -> body.contains("secret"));
    assertThat(log.store.after(room, 0, 10).stream().map(Entry::content))
        .containsSubsequence(
            new Entry.Edited(message, ""),
            new Entry.Edited(message, ""),
            new Entry.Edited(other, "stays, too"),
            new Entry.Deleted(message));
    assertThat(log.text(room, message)).isEmpty();
    CurrentEntry now = log.current(room, message);
    assertThat(now.deletion()).isEqualTo(entry(7, ada, new Entry.Deleted(message)));
    assertThat(now.edit()).isEqualTo(entry(5, ada, new Entry.Edited(message, "")));
    assertThat(log.text(room, other)).isEqualTo("stays, too");
  }

  @Test
  void theBodiesAreWhatAnEarlierVersionPassesOn() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "before"));
    log.append(edit(room, ada, message, "after-this"));
    assertThat(log.bodies()).contains("{\"targetSeq\":2,\"text\":\"after-this\"}");
    log.append(delete(room, ada, message));
    assertThat(log.bodies())
        .contains("{\"targetSeq\":2,\"text\":\"\"}", "{\"targetSeq\":2}")
        .noneMatch(body -> body.contains("after-this"));
  }

  @Test
  void onlyMembersChangeMessages() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, grace, "text"));
    log.append(new LogCommand.Leave(room, grace));
    RoomId nowhere = new RoomId(UUID.randomUUID());
    for (LogCommand command :
        List.of(
            edit(room, grace, message, "other"),
            edit(room, eve, message, "other"),
            edit(room, eve, 99, "other"),
            delete(room, grace, message),
            delete(room, eve, 99),
            edit(nowhere, ada, 1, "other"),
            delete(nowhere, ada, 1))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
    }
    assertThat(log.text(room, message)).isEqualTo("text");
  }

  @Test
  void onlyMessagesOfThisRoomChange() {
    RoomId room = log.room(ada);
    RoomId elsewhere = log.room(ada);
    log.append(log.post(elsewhere, ada, "a message of another room"));
    FileReference card = new FileReference("f", 1, "a", "a", 1, "ab", "a/b");
    long file = log.append(new LogCommand.AddFile(room, ada, UUID.randomUUID().toString(), card));
    long message = log.append(log.post(room, ada, "text"));
    long edited = log.append(edit(room, ada, message, "edited"));
    for (long seq : new long[] {-1, 0, 1, file, edited, 99, Long.MAX_VALUE}) {
      assertThat(refusal(log.apply(edit(room, ada, seq, "other"))))
          .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
      assertThat(refusal(log.apply(delete(room, ada, seq))))
          .isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    }
  }

  @Test
  void aDeletedMessageStaysDeleted() {
    RoomId room = log.room(ada, grace);
    long message = log.append(log.post(room, grace, "text"));
    log.append(delete(room, grace, message));
    assertThat(log.apply(delete(room, grace, message))).isEqualTo(UNCHANGED);
    assertThat(log.apply(delete(room, ada, message))).isEqualTo(UNCHANGED);
    assertThat(refusal(log.apply(edit(room, grace, message, "text"))))
        .isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(refusal(log.apply(edit(room, ada, message, ""))))
        .as("before who may edit it")
        .isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(log.current(room, message).deletion().personId()).isEqualTo(grace.personId());
  }

  @Test
  void nobodyEditsAnothersAndTheOwnerDeletesAny() {
    RoomId room = log.room(ada, grace, eve);
    long ofGrace = log.append(log.post(room, grace, "text"));
    long ofAda = log.append(log.post(room, ada, "text"));
    for (LogCommand command :
        List.of(
            edit(room, ada, ofGrace, "other"),
            edit(room, eve, ofGrace, "text"),
            edit(room, grace, ofAda, "other"),
            delete(room, grace, ofAda),
            delete(room, eve, ofGrace))) {
      assertThat(refusal(log.apply(command))).isEqualTo(ProblemType.AUTHOR_ONLY);
    }
    assertThat(log.append(delete(room, ada, ofGrace))).isEqualTo(6);
    assertThat(log.current(room, ofGrace).deletion().personId()).isEqualTo(ada.personId());
  }

  @Test
  void theTimeToEditEndsForTheAuthorAndNotForTheOwner() {
    RoomId room = log.room(ada, grace);
    long ofGrace = log.append(log.post(room, grace, "text"));
    long ofAda = log.append(log.post(room, ada, "text"));
    TestLog hour = new TestLog(opened.database(), new MessageSettings(Duration.ofHours(1), 3));
    assertThat(at(hour, Duration.ofHours(1), edit(room, grace, ofGrace, "in time")))
        .isInstanceOf(CommandResult.Appended.class);
    Duration late = Duration.ofHours(1).plusMillis(1);
    for (LogCommand command :
        List.of(
            edit(room, grace, ofGrace, "in time"),
            edit(room, ada, ofAda, "late"),
            delete(room, grace, ofGrace))) {
      assertThat(refusal(at(hour, late, command))).isEqualTo(ProblemType.EDIT_TIME_OVER);
    }
    assertThat(at(hour, late, delete(room, ada, ofGrace)))
        .isInstanceOf(CommandResult.Appended.class);
    assertThat(at(log, late, edit(room, ada, ofAda, "no limit")))
        .isInstanceOf(CommandResult.Appended.class);
  }

  private static CommandResult at(TestLog log, Duration later, LogCommand command) {
    return log.store.apply(List.of(command), NOW.plus(later)).join().getFirst();
  }

  @Test
  void theTextThatAMessageHasChangesNothing() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "same"));
    assertThat(log.apply(edit(room, ada, message, "same"))).isEqualTo(UNCHANGED);
    LogCommand repeated = new LogCommand.Edit(room, ada, message, "other", message);
    long edited = log.append(repeated);
    assertThat(log.apply(repeated)).as("a repeat after a lost answer").isEqualTo(UNCHANGED);
    assertThat(log.current(room, message).version()).isEqualTo(edited);
    assertThat(log.append(edit(room, ada, message, "same"))).isEqualTo(edited + 1);
  }

  @Test
  void anEditOfAnotherVersionIsRefused() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "one"));
    long edited = log.append(new LogCommand.Edit(room, ada, message, "two", message));
    for (long version : new long[] {message, 0, edited + 1}) {
      assertThat(refusal(log.apply(new LogCommand.Edit(room, ada, message, "three", version))))
          .isEqualTo(ProblemType.PRECONDITION_FAILED);
    }
    log.append(new LogCommand.Edit(room, ada, message, "three", edited));
    assertThat(log.text(room, message)).isEqualTo("three");
  }

  @Test
  void aMessageHasABoundedNumberOfEdits() {
    RoomId room = log.room(ada);
    long message = log.append(log.post(room, ada, "0"));
    for (int i = 1; i <= 3; i++) {
      log.append(edit(room, ada, message, "text " + i));
    }
    assertThat(refusal(log.apply(edit(room, ada, message, "text 4"))))
        .isEqualTo(ProblemType.TOO_MANY_EDITS);
    assertThat(refusal(log.apply(new LogCommand.Edit(room, ada, message, "text 4", 1L))))
        .as("the version comes first")
        .isEqualTo(ProblemType.PRECONDITION_FAILED);
    assertThat(log.apply(edit(room, ada, message, "text 3"))).isEqualTo(UNCHANGED);
    log.append(delete(room, ada, message));
  }

  @Test
  void aDeletedMessageThatIsSentAgainIsTheSame() {
    RoomId room = log.room(ada);
    LogCommand post = log.post(room, ada, "text");
    long message = log.append(post);
    log.append(edit(room, ada, message, "edited"));
    assertThat(log.apply(post)).isEqualTo(new CommandResult.Duplicate(message, NOW));
    log.append(delete(room, ada, message));
    assertThat(log.apply(post)).isEqualTo(new CommandResult.Duplicate(message, NOW));
  }

  @Test
  void theCommandsOfABatchSeeThoseBeforeThem() {
    RoomId room = log.room(ada, grace);
    List<CommandResult> results =
        log.apply(
            List.of(
                edit(room, ada, 3, "too early"),
                log.post(room, ada, "batch-secret 1"),
                new LogCommand.Edit(room, ada, 3, "batch-secret 2", 3L),
                new LogCommand.Edit(room, ada, 3, "batch-secret 3", 3L),
                new LogCommand.Edit(room, ada, 3, "batch-secret 4", 4L),
                edit(room, ada, 3, "batch-secret 4"),
                edit(room, ada, 3, "batch-secret 5"),
                edit(room, ada, 3, "batch-secret 6"),
                new LogCommand.Leave(room, grace),
                delete(room, grace, 3),
                delete(room, ada, 3),
                delete(room, ada, 3),
                edit(room, ada, 3, "too late")));
    assertThat(refusal(results.get(0))).isEqualTo(ProblemType.MESSAGE_NOT_FOUND);
    assertThat(seq(results.get(1))).isEqualTo(3);
    assertThat(seq(results.get(2))).isEqualTo(4);
    assertThat(refusal(results.get(3))).isEqualTo(ProblemType.PRECONDITION_FAILED);
    assertThat(seq(results.get(4))).isEqualTo(5);
    assertThat(results.get(5)).isEqualTo(UNCHANGED);
    assertThat(seq(results.get(6))).isEqualTo(6);
    assertThat(refusal(results.get(7))).isEqualTo(ProblemType.TOO_MANY_EDITS);
    assertThat(refusal(results.get(9))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
    assertThat(seq(results.get(10))).isEqualTo(8);
    assertThat(results.get(11)).isEqualTo(UNCHANGED);
    assertThat(refusal(results.get(12))).isEqualTo(ProblemType.MESSAGE_DELETED);
    assertThat(log.bodies()).noneMatch(body -> body.contains("batch-secret"));
    assertThat(log.current(room, 3).edit()).isEqualTo(entry(6, ada, new Entry.Edited(3, "")));
  }

  @Test
  void theCreatorOfARoomOwnsItFromTheFirstBatchOn() {
    RoomId room = new RoomId(UUID.randomUUID());
    LogCommand create =
        new LogCommand.Create(room, ada, Name.ofRoom("made"), "", Visibility.PRIVATE);
    List<CommandResult> results =
        log.apply(
            List.of(
                create,
                new LogCommand.Join(room, grace),
                log.post(room, grace, "text"),
                log.post(room, ada, "text")));
    assertThat(refusal(log.apply(delete(room, grace, 4)))).isEqualTo(ProblemType.AUTHOR_ONLY);
    assertThat(log.append(delete(room, ada, seq(results.get(2))))).isEqualTo(5);
  }

  @Test
  void currentEntriesAreThoseOfTheirPlacesWithoutEntriesAboutOthers() {
    RoomId room = log.room(ada, grace);
    long first = log.append(log.post(room, ada, "first"));
    long edited = log.append(edit(room, ada, first, "edited"));
    long second = log.append(log.post(room, grace, "second"));
    log.append(delete(room, ada, second));
    assertThat(log.store.current(room, ada.personId(), 0, 100))
        .isEqualTo(LogModel.current(log.store.after(room, 0, 100), ada.personId(), 0, 100))
        .extracting(now -> now.entry().seq())
        .containsExactly(1L, 2L, first, second);
    assertThat(log.store.current(room, ada.personId(), edited, edited)).isEmpty();
    assertThat(log.store.current(room, ada.personId(), 5, 4)).isEmpty();
    assertThat(log.store.current(new RoomId(UUID.randomUUID()), ada.personId(), 0, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void afterAnyCommandsCurrentEntriesAreWhatTheLogSays(long seed) {
    Random random = new Random(seed);
    List<Person> people = List.of(ada, grace, eve);
    List<RoomId> rooms = List.of(log.room(ada, grace), log.room(grace, ada, eve));
    for (int batch = 0; batch < 40; batch++) {
      List<LogCommand> commands = new ArrayList<>();
      int size = 1 + random.nextInt(12);
      for (int i = 0; i < size; i++) {
        RoomId room = rooms.get(random.nextInt(rooms.size()));
        String text = "text-%d-%d-%d.".formatted(seed, batch, i);
        commands.add(command(random, room, people.get(random.nextInt(3)), text));
      }
      log.apply(commands);
    }
    for (RoomId room : rooms) {
      assertCurrentIsWhatTheLogSays(random, room);
    }
  }

  @Test
  void messagesAreRebuiltFromTheLog() {
    RoomId room = log.room(ada, grace);
    for (int i = 0; i < 40; i++) {
      log.append(log.post(room, i % 2 == 0 ? ada : grace, "rebuilt " + i));
    }
    for (long seq = 3; seq < 40; seq += 4) {
      log.append(edit(room, ada, seq, "edited " + seq));
      log.append(edit(room, ada, seq, "edited again " + seq));
    }
    for (long seq = 7; seq < 40; seq += 6) {
      log.append(delete(room, ada, seq));
    }
    List<CurrentEntry> before = log.store.current(room, ada.personId(), 0, 1_000);
    List<List<Object>> rows = messageRows();
    scramble(room);
    assertThat(log.store.current(room, ada.personId(), 0, 1_000)).isNotEqualTo(before);

    assertThat(rebuild(7)).isGreaterThan(before.size());
    assertThat(log.store.current(room, ada.personId(), 0, 1_000)).isEqualTo(before);
    assertThat(messageRows()).isEqualTo(rows);
    assertThat(rebuild(1_000)).isGreaterThan(before.size());
    assertThat(messageRows()).isEqualTo(rows);
  }

  private long rebuild(int placesAtOnce) {
    return new JdbcMessageRebuild(opened.database(), JsonMapper.builder().build())
        .rebuild(placesAtOnce);
  }

  /// The rows of messages that are not as they were sent.
  private List<List<Object>> messageRows() {
    return opened
        .database()
        .read(client ->
            client
                .sql(
                    """
                    SELECT room_id, seq, edits, edited_seq, deleted_seq, replies FROM message_now
                    WHERE edits > 0 OR deleted_seq IS NOT NULL OR replies > 0
                    ORDER BY room_id, seq
                    """)
                .query((row, number) ->
                    Arrays.<Object>asList(
                        row.getString(1),
                        row.getLong(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getInt(6)))
                .list());
  }

  private void scramble(RoomId room) {
    String id = room.toString();
    opened
        .database()
        .write(client -> {
          client
              .sql("DELETE FROM message_now WHERE room_id = ? AND seq % 3 = 0")
              .param(id)
              .update();
          client
              .sql(
                  """
                  UPDATE message_now SET edits = 77, edited_seq = 3, deleted_seq = NULL
                  WHERE room_id = ?
                  """)
              .param(id)
              .update();
          client
              .sql("INSERT INTO message_now (room_id, seq, edits, deleted_seq) VALUES (?, 4, 0, 5)")
              .param(id)
              .update();
          return client
              .sql("UPDATE entry SET target_seq = NULL WHERE room_id = ? AND seq % 2 = 0")
              .param(id)
              .update();
        });
  }

  private LogCommand command(Random random, RoomId room, Person person, String text) {
    // Also places that the batch is about to fill.
    long target = 1 + random.nextInt(log.store.lastSeqs(List.of(room)).get(room).intValue() + 5);
    LogCommand post = log.post(room, person, text);
    return switch (random.nextInt(12)) {
      case 0, 1 -> new LogCommand.Join(room, person);
      case 2 -> random.nextInt(4) == 0 ? new LogCommand.Leave(room, person) : post;
      case 3 -> delete(room, person, target);
      case 4 -> delete(room, author(room, target, person), target);
      case 5 -> edit(room, person, target, text);
      case 6, 7 -> edit(room, author(room, target, person), target, text);
      case 8 ->
          new LogCommand.Edit(
              room, author(room, target, person), target, text, version(random, room, target));
      case 9 -> log.reply(room, person, target, text);
      default -> post;
    };
  }

  private Person author(RoomId room, long seq, Person otherwise) {
    return log.store.after(room, seq - 1, 1).stream()
        .flatMap(entry ->
            Stream.of(ada, grace, eve).filter(person -> person.personId().equals(entry.personId())))
        .findFirst()
        .orElse(otherwise);
  }

  private @Nullable Long version(Random random, RoomId room, long target) {
    List<CurrentEntry> now = log.store.current(room, ada.personId(), target, target);
    return now.isEmpty() || random.nextInt(4) == 0 ? target : now.getFirst().version();
  }

  private void assertCurrentIsWhatTheLogSays(Random random, RoomId room) {
    List<Entry> all = log.store.after(room, 0, 10_000);
    assertThat(all).anyMatch(entry -> entry.content() instanceof Entry.Edited);
    assertThat(all).anyMatch(entry -> entry.content() instanceof Entry.Deleted);
    assertThat(all).anyMatch(entry -> LogModel.replyTo(entry) != null);
    for (int range = 0; range < 20; range++) {
      long from = random.nextInt(all.size() + 2);
      long to = from + random.nextInt(all.size());
      assertThat(log.store.current(room, ada.personId(), from, to))
          .isEqualTo(LogModel.current(all, ada.personId(), from, to));
    }
    for (CurrentEntry each : LogModel.current(all, ada.personId())) {
      long seq = each.entry().seq();
      assertThat(log.store.replies(room, ada.personId(), seq, 0, 1_000))
          .isEqualTo(LogModel.replies(all, ada.personId(), seq, 0, 1_000))
          .hasSize(each.replies());
      if (each.deletion() != null) {
        assertThat(textsOf(all, each.entry().seq())).containsOnly("");
      } else if (each.entry().content() instanceof Entry.Message) {
        assertThat(textsOf(all, each.entry().seq())).doesNotContain("");
      }
    }
  }

  /// The texts of a message and of all its edits.
  private static Set<String> textsOf(List<Entry> all, long message) {
    Set<String> texts = new TreeSet<>();
    for (Entry entry : all) {
      switch (entry.content()) {
        case Entry.Message(_, String text, _, _) when entry.seq() == message -> texts.add(text);
        case Entry.Edited(long targetSeq, String text, _) when targetSeq == message ->
            texts.add(text);
        default -> {}
      }
    }
    return texts;
  }

  private static Entry entry(long seq, Person person, Entry.Content content) {
    return new Entry(seq, person.personId(), person.name(), NOW, content);
  }
}
