package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.database.WireCounter;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.file.ConfirmedFileStore;
import io.tercet.chat.room.sql.file.TestFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// How often the log waits for PostgreSQL to write a batch.
@Tag("docker")
class LogBatchTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final int ROOMS = 50;
  private static final String VALIDATION = "com.zaxxer.hikari.aliveBypassWindowMs";

  private WireCounter wire;
  private TestDatabases.Opened opened;
  private JdbcLogStore log;
  private final List<RoomId> rooms = new ArrayList<>();
  private final List<Person> people = new ArrayList<>();

  @BeforeEach
  void open() {
    wire = new WireCounter(PostgresServer.newDatabase());
    // The pool asks a connection that was idle for a moment whether it lives: not here.
    System.setProperty(VALIDATION, Long.toString(TimeUnit.HOURS.toMillis(1)));
    opened = TestDatabases.postgres(wire.url(), "test", "test");
    System.clearProperty(VALIDATION);
    for (int i = 0; i < 10; i++) {
      people.add(person("person" + i));
    }
    log =
        new JdbcLogStore(
            opened.database(),
            new MessageSettings(Duration.ZERO, 100),
            JsonMapper.builder().build());
    List<LogCommand> creates = new ArrayList<>();
    for (int i = 0; i < ROOMS; i++) {
      RoomId roomId = new RoomId(UUID.randomUUID());
      creates.add(
          new LogCommand.Create(
              roomId, people.getFirst(), Name.ofRoom("r" + i), "", Visibility.PRIVATE));
      rooms.add(roomId);
    }
    assertAppended(creates);
  }

  @AfterEach
  void close() throws IOException {
    opened.close().run();
    wire.close();
  }

  @Test
  void waitsForALargeBatchNoMoreOftenThanForOneMessage() {
    int one = roundTrips(posts(rooms.subList(0, 1), 1, "one"));
    int many = roundTrips(posts(rooms, 10, "many"));
    assertThat(many).as("round trips for 500 messages in 50 rooms").isEqualTo(one);
    // Lock, members, ids, entries, counters, marker, commit.
    assertThat(many).isLessThanOrEqualTo(7);
  }

  @Test
  void waitsForManyWhoComeAndGoNoMoreOftenThanForOne() {
    List<LogCommand> one = new ArrayList<>();
    one.add(new LogCommand.Join(rooms.getFirst(), people.get(1)));
    List<LogCommand> many = new ArrayList<>();
    rooms.forEach(room ->
        people.subList(2, 10).forEach(person -> many.add(new LogCommand.Join(room, person))));
    int roundTripsOfOne = roundTrips(one);
    assertThat(roundTrips(many)).isEqualTo(roundTripsOfOne);

    many.replaceAll(join -> new LogCommand.Leave(join.roomId(), people.get(2)));
    List<LogCommand> leaves = many.stream().distinct().toList();
    int roundTripsOfALeave = roundTrips(leaves.subList(0, 1));
    assertThat(roundTrips(leaves.subList(1, leaves.size()))).isEqualTo(roundTripsOfALeave);
  }

  @Test
  void waitsForManyFilesNoMoreOftenThanForOne() {
    FileReference file = new FileReference("f", 1, "a", "a", 1, "ab", "a/b");
    List<LogCommand> files = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      files.add(new LogCommand.AddFile(rooms.get(i % ROOMS), people.getFirst(), "event" + i, file));
    }
    int one = roundTrips(files.subList(0, 1));
    assertThat(roundTrips(files.subList(1, 200))).isEqualTo(one);
  }

  @Test
  void waitsForManyEditsAndDeletionsNoMoreOftenThanForOne() {
    assertAppended(posts(rooms, 11, "changed"));
    // Lock, members, messages, entries, counters, edited and deleted messages, marker, commit.
    int oneEdit = roundTrips(edits(rooms.subList(0, 1), 2, 3));
    assertThat(oneEdit).isLessThanOrEqualTo(8);
    assertThat(roundTrips(edits(rooms, 3, 13))).isEqualTo(oneEdit);
    // And the texts: of the messages, and of their edits.
    int oneDeletion = roundTrips(deletions(rooms.subList(0, 1), 2, 3));
    assertThat(oneDeletion).isEqualTo(oneEdit + 2);
    assertThat(roundTrips(deletions(rooms, 3, 13))).isEqualTo(oneDeletion);
  }

  @Test
  void waitsForManyMentionsNoMoreOftenThanForOne() {
    int message = roundTrips(posts(rooms.subList(0, 1), 1, "nobody"));
    Function<LogCommand, LogCommand> mentioning =
        command -> {
          LogCommand.Post post = (LogCommand.Post) command;
          List<List<String>> names = List.of(List.of("person1"), List.of("person2"));
          LogCommand.Addressees addressees = new LogCommand.Addressees(names, null);
          return new LogCommand.Post(
              post.roomId(),
              post.person(),
              post.clientMessageId(),
              post.text(),
              null,
              addressees,
              List.of());
        };
    List<LogCommand> joins = new ArrayList<>();
    rooms.forEach(room ->
        people.subList(1, 3).forEach(person -> joins.add(new LogCommand.Join(room, person))));
    assertAppended(joins);
    // And the people who have the names, and the mentions.
    int one = roundTrips(posts(rooms.subList(0, 1), 1, "one").stream().map(mentioning).toList());
    assertThat(one).isEqualTo(message + 2);
    assertThat(roundTrips(posts(rooms, 10, "many").stream().map(mentioning).toList()))
        .isEqualTo(one);
  }

  @Test
  void waitsForManyRepliesNoMoreOftenThanForOne() {
    int message = roundTrips(posts(rooms.subList(0, 1), 1, "origin"));
    assertAppended(posts(rooms, 1, "answered"));
    // And the message that is answered, and its count.
    int oneReply = roundTrips(replies(rooms.subList(0, 1), 1, "reply"));
    assertThat(oneReply).isEqualTo(message + 2);
    assertThat(roundTrips(replies(rooms, 10, "replies"))).isEqualTo(oneReply);
  }

  private List<LogCommand> replies(List<RoomId> into, int each, String id) {
    List<LogCommand> replies = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (RoomId room : into) {
        replies.add(new LogCommand.Post(room, people.getFirst(), id + i, "text", 2L));
      }
    }
    return replies;
  }

  @Test
  void waitsForManyMessagesWithFilesNoMoreOftenThanForOne() {
    int message = roundTrips(posts(rooms.subList(0, 1), 1, "plain"));
    // And the files, and which messages have them.
    int one = roundTrips(withFiles(rooms.subList(0, 1), 1, "one"));
    assertThat(one).isEqualTo(message + 2);
    assertThat(roundTrips(withFiles(rooms.subList(0, 10), 5, "many"))).isEqualTo(one);
  }

  private List<LogCommand> withFiles(List<RoomId> into, int each, String id) {
    ConfirmedFileStore files = TestFiles.store(opened.database());
    List<LogCommand> posts = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (RoomId room : into) {
        FileReference file = TestFiles.file(room + id + i, 1);
        files.add(room, people.getFirst().personId(), file, NOW, 1_000);
        List<FileReference.Id> ids = List.of(TestFiles.id(file));
        posts.add(
            new LogCommand.Post(
                room, people.getFirst(), id + i, "", null, LogCommand.Addressees.NONE, ids));
      }
    }
    return posts;
  }

  @Test
  void waitsForManyReactionsNoMoreOftenThanForOne() {
    assertAppended(posts(rooms, 11, "reacted"));
    // Lock, members, messages, reactions, entries, counters, message_now, reactions, marker,
    // commit.
    int one = roundTrips(reactions(rooms.subList(0, 1), 2, 3));
    assertThat(one).isLessThanOrEqualTo(10);
    assertThat(roundTrips(reactions(rooms, 3, 13))).isEqualTo(one);
    List<LogCommand> back = reactions(rooms, 3, 13);
    back.replaceAll(each ->
        each instanceof LogCommand.React(var room, var person, long seq, var emoji)
            ? new LogCommand.Unreact(room, person, seq, emoji)
            : each);
    int oneBack = roundTrips(back.subList(0, 1));
    assertThat(oneBack).isEqualTo(one);
    assertThat(roundTrips(back.subList(1, back.size()))).isEqualTo(oneBack);
    assertThat(roundTrips(posts(rooms, 1, "after"))).as("none of them").isLessThanOrEqualTo(7);
  }

  @Test
  void waitsForManyPinsNoMoreOftenThanForOne() {
    assertAppended(posts(rooms, 11, "pinned"));
    List<LogCommand> pins = new ArrayList<>();
    reactions(rooms, 2, 12)
        .forEach(each ->
            pins.add(
                new LogCommand.Pin(
                    each.roomId(),
                    people.getFirst(),
                    ((LogCommand.MessageChange) each).targetSeq())));
    // Lock, members, messages, pins, entries, counters, message_now, marker, commit.
    int one = roundTrips(pins.subList(0, 1));
    assertThat(one).isLessThanOrEqualTo(9);
    assertThat(roundTrips(pins.subList(1, pins.size()))).isEqualTo(one);
  }

  private List<LogCommand> reactions(List<RoomId> in, long from, long to) {
    List<LogCommand> reactions = new ArrayList<>();
    for (long seq = from; seq < to; seq++) {
      for (RoomId room : in) {
        reactions.add(new LogCommand.React(room, people.getFirst(), seq, "👍"));
      }
    }
    return reactions;
  }

  private List<LogCommand> edits(List<RoomId> in, long from, long to) {
    List<LogCommand> edits = new ArrayList<>();
    for (long seq = from; seq < to; seq++) {
      for (RoomId room : in) {
        edits.add(new LogCommand.Edit(room, people.getFirst(), seq, "edited", null));
      }
    }
    return edits;
  }

  private List<LogCommand> deletions(List<RoomId> in, long from, long to) {
    List<LogCommand> deletions = new ArrayList<>();
    for (long seq = from; seq < to; seq++) {
      for (RoomId room : in) {
        deletions.add(new LogCommand.Delete(room, people.getFirst(), seq));
      }
    }
    return deletions;
  }

  private List<LogCommand> posts(List<RoomId> into, int each, String id) {
    List<LogCommand> posts = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (RoomId room : into) {
        posts.add(new LogCommand.Post(room, people.getFirst(), id + i, "text"));
      }
    }
    return posts;
  }

  private int roundTrips(List<LogCommand> batch) {
    wire.take();
    assertAppended(batch);
    int taken = wire.take();
    System.out.printf("round trips: %d commands, %d%n", batch.size(), taken);
    return taken;
  }

  private void assertAppended(List<LogCommand> batch) {
    assertThat(log.apply(batch, NOW).join())
        .hasSameSizeAs(batch)
        .allMatch(result -> result instanceof CommandResult.Appended);
  }

  private Person person(String name) {
    Person person = new Person(new PersonId(UUID.randomUUID()), name, false);
    opened
        .database()
        .write(client ->
            client
                .sql(
                    """
                    INSERT INTO person
                      (person_id, name, name_key, password_hash, created_at, last_seen_at)
                    VALUES (?, ?, ?, 'x', 0, 0)
                    """)
                .params(person.personId().toString(), name, name)
                .update());
    return person;
  }
}
