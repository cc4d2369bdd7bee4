package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.RoomStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/// What every database must do for rooms, memberships and the log.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LogContract {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");

  private TestDatabases.Opened opened;
  private LogStore log;
  private RoomStore rooms;
  private Person ada;
  private Person grace;

  abstract TestDatabases.Opened open();

  @BeforeAll
  void openStores() {
    opened = open();
    log =
        new JdbcLogStore(
            opened.database(),
            new MessageSettings(Duration.ZERO, 100),
            JsonMapper.builder().build());
    rooms = new JdbcRoomStore(opened.database(), TestReading.SETTINGS);
    ada = person("ada");
    grace = person("grace");
  }

  @AfterAll
  void closeStores() {
    opened.close().run();
  }

  @Test
  void countsFromOneWithoutGaps() {
    RoomId room = room("counting");
    List<LogCommand> posts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      posts.add(post(room, ada, "c" + i, "text " + i));
    }
    apply(posts);
    assertThat(seqs(log.after(room, 0, 1_000)))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 201).boxed().toList());
    assertThat(rooms.find(room, ada.personId()).orElseThrow().lastSeq()).isEqualTo(201);
  }

  @Test
  void keepsEveryKindOfEntryAsItWas() {
    RoomId room = room("kinds");
    FileReference card =
        new FileReference("f", 2, "plans/图.pdf", "图.pdf", 5_000_000_000L, "ab", "a/b");
    apply(
        List.of(
            new LogCommand.Join(room, grace),
            post(room, grace, "c1", "你好 👋\nsecond line"),
            new LogCommand.AddFile(room, ada, "event-kinds", card),
            new LogCommand.Leave(room, grace)));
    assertThat(log.after(room, 1, 10))
        .containsExactly(
            entry(2, grace, new Entry.Joined()),
            entry(3, grace, new Entry.Message("c1", "你好 👋\nsecond line")),
            entry(4, ada, new Entry.FileAdded(card)),
            entry(5, grace, new Entry.Left()));
  }

  @Test
  void readsAnEntryOfAKindThatOnlyANewerVersionKnows() {
    RoomId room = room("newer");
    String details = "{\"question\":\"Tea?\"}";
    opened
        .database()
        .write(client ->
            client
                .sql(
                    """
                    INSERT INTO entry (room_id, seq, kind, person_id, person_name, sent_at, body)
                    VALUES (?, 2, 'poll', ?, 'ada', ?, ?)
                    """)
                .params(room.toString(), ada.personId().toString(), NOW.toEpochMilli(), details)
                .update());
    assertThat(log.after(room, 1, 10))
        .containsExactly(entry(2, ada, new Entry.Other("poll", details)));
  }

  @Test
  void renewsTheEpochOfTheLog() {
    LogEpoch.Store epoch = new JdbcLogEpochStore(opened.database());
    String first = epoch.read();
    assertThat(first).hasSizeBetween(16, 64).isEqualTo(epoch.read());
    epoch.renew();
    assertThat(epoch.read()).hasSizeBetween(16, 64).isNotEqualTo(first);
  }

  @Test
  void answersARepeatedMessageWithItsPlace() {
    RoomId room = room("repeat");
    CommandResult first = applyOne(post(room, ada, "same", "text"));
    assertThat(first).isInstanceOf(CommandResult.Appended.class);
    assertThat(applyOne(post(room, ada, "same", "text")))
        .isEqualTo(new CommandResult.Duplicate(2, NOW));
    assertThat(refusal(applyOne(post(room, ada, "same", "another text"))))
        .isEqualTo(ProblemType.CLIENT_MESSAGE_ID_REUSED);
    assertThat(log.after(room, 0, 10)).hasSize(2);
  }

  @Test
  void seesARepeatWithinOneBatch() {
    RoomId room = room("repeat-in-batch");
    List<CommandResult> outcomes =
        apply(
            List.of(
                post(room, ada, "same", "text"),
                post(room, ada, "same", "text"),
                post(room, ada, "same", "other")));
    assertThat(outcomes.get(0)).isInstanceOf(CommandResult.Appended.class);
    assertThat(outcomes.get(1)).isEqualTo(new CommandResult.Duplicate(2, NOW));
    assertThat(refusal(outcomes.get(2))).isEqualTo(ProblemType.CLIENT_MESSAGE_ID_REUSED);
  }

  @Test
  void knowsEveryRepeatOfALargeBatch() {
    RoomId room = room("repeat-many");
    RoomId other = room("repeat-many-elsewhere");
    apply(List.of(new LogCommand.Join(room, grace)));
    List<LogCommand> posts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      posts.add(post(i % 3 == 0 ? other : room, i % 2 == 0 ? ada : grace, "c" + i / 6, "t"));
    }
    List<CommandResult> first = apply(posts);
    assertThat(apply(posts)).noneMatch(result -> result instanceof CommandResult.Appended);
    assertThat(apply(posts).stream().map(Object::getClass))
        .as("a refused post is refused again")
        .zipSatisfy(
            first.stream().map(Object::getClass).toList(),
            (again, before) ->
                assertThat(again == CommandResult.Rejected.class)
                    .isEqualTo(before == CommandResult.Rejected.class));
  }

  @Test
  void letsTwoPeopleChooseTheSameId() {
    RoomId room = room("two-people");
    apply(List.of(new LogCommand.Join(room, grace)));
    assertThat(apply(List.of(post(room, ada, "c", "a"), post(room, grace, "c", "b"))))
        .allMatch(outcome -> outcome instanceof CommandResult.Appended);
  }

  @Test
  void writesAFileEventOnce() {
    RoomId room = room("files");
    FileReference card = new FileReference("f", null, "a", "a", 1, "ab", "a/b");
    LogCommand event = new LogCommand.AddFile(room, ada, "event-1", card);
    List<CommandResult> both = apply(List.of(event, event));
    assertThat(both.get(0)).isInstanceOf(CommandResult.Appended.class);
    assertThat(both.get(1)).isEqualTo(new CommandResult.Duplicate(2, NOW));
    assertThat(applyOne(event)).isEqualTo(new CommandResult.Duplicate(2, NOW));
  }

  @Test
  void refusesWhoIsNotAMemberAndRoomsThatAreNotThere() {
    RoomId room = room("members-only");
    RoomId nowhere = new RoomId(UUID.randomUUID());
    assertThat(refusal(applyOne(post(room, grace, "c", "t"))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
    assertThat(refusal(applyOne(post(nowhere, ada, "c", "t"))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
    assertThat(refusal(applyOne(new LogCommand.Join(nowhere, ada))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
  }

  @Test
  void joinsAndLeavesInTheOrderOfTheBatch() {
    RoomId room = room("in-and-out");
    List<CommandResult> outcomes =
        apply(
            List.of(
                post(room, grace, "early", "t"),
                new LogCommand.Join(room, grace),
                new LogCommand.Join(room, grace),
                post(room, grace, "inside", "t"),
                new LogCommand.Leave(room, grace),
                new LogCommand.Leave(room, grace),
                post(room, grace, "late", "t")));
    assertThat(outcomes.get(0)).isInstanceOf(CommandResult.Rejected.class);
    assertThat(outcomes.get(2)).isEqualTo(new CommandResult.Unchanged());
    assertThat(outcomes.get(5)).isEqualTo(new CommandResult.Unchanged());
    assertThat(outcomes.get(6)).isInstanceOf(CommandResult.Rejected.class);
    assertThat(seqs(log.after(room, 0, 10))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(rooms.members(room, 10)).containsExactly(ada.personId());
    assertThat(rooms.find(room, ada.personId()).orElseThrow().memberCount()).isEqualTo(1);
  }

  @Test
  void takesAPublicNameOnceAndPrivateNamesOften() {
    room("Named");
    assertThat(refusal(applyOne(create("nAMED", Visibility.PUBLIC))))
        .isEqualTo(ProblemType.ROOM_NAME_TAKEN);
    assertThat(
            apply(
                List.of(create("named", Visibility.PRIVATE), create("named", Visibility.PRIVATE))))
        .allMatch(outcome -> outcome instanceof CommandResult.Appended);
  }

  @Test
  void takesNoPublicNameThatLooksLikeAnother() {
    RoomId modern = room("modern");
    LogCommand.Create lookalike = create("modem", Visibility.PUBLIC);
    assertThat(applyOne(lookalike)).isEqualTo(new CommandResult.Resembles("modern"));
    assertThat(rooms.find(lookalike.roomId(), ada.personId())).isEmpty();
    assertThat(rooms.findPublic("modern")).contains(modern);
    assertThat(applyOne(create("modem", Visibility.PRIVATE)))
        .isInstanceOf(CommandResult.Appended.class);
    assertThat(apply(List.of(create("torn", Visibility.PUBLIC), create("tom", Visibility.PUBLIC))))
        .element(1)
        .isEqualTo(new CommandResult.Resembles("torn"));
  }

  @Test
  void takesOneOfTwoPublicNamesThatLookAlikeAndComeAtOnce() throws Exception {
    for (int round = 0; round < 20; round++) {
      String ending = "-" + Integer.toString(round + 700, 36);
      List<CompletableFuture<CommandResult>> results =
          Stream.of("corner", "comer", "сomer")
              .map(name -> create(name + ending, Visibility.PUBLIC))
              .map(create -> CompletableFuture.supplyAsync(() -> applyOne(create)))
              .toList();
      CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
      assertThat(results.stream().map(CompletableFuture::join))
          .filteredOn(result -> result instanceof CommandResult.Appended)
          .hasSize(1);
    }
  }

  @Test
  void letsPublicNamesFromBeforeStayAndProtectsTheOldest() {
    RoomId garden = roomBefore("garden", "garden", 1);
    roomBefore("garden\u3164", "garden\u3164", 2);
    RoomId harbour = roomBefore("harbour\u034F", "harbour\u034F", 3);
    for (int some = 1; some > 0; ) {
      some = rooms.adoptNames(2);
    }
    assertThat(rooms.findPublic("garden")).contains(garden);
    assertThat(rooms.findPublic("harbour")).contains(harbour);
    assertThat(applyOne(create("gаrden", Visibility.PUBLIC)))
        .isEqualTo(new CommandResult.Resembles("garden"));
  }

  @Test
  void letsReplicasAdoptPublicNamesFromBeforeAtOnce() throws Exception {
    List<RoomId> before = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "old-" + Integer.toString(i + 40, 36) + "\u3164";
      before.add(roomBefore(name, name, 100 + i));
    }
    List<CompletableFuture<Void>> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replicas.add(
          CompletableFuture.runAsync(
              () -> {
                for (int some = 1; some > 0; ) {
                  some = rooms.adoptNames(7);
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    CompletableFuture.allOf(replicas.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    for (int i = 0; i < 40; i++) {
      assertThat(rooms.findPublic("old-" + Integer.toString(i + 40, 36))).contains(before.get(i));
    }
  }

  @Test
  void acceptsWhoIsInvitedOnce() {
    LogCommand.Create hidden = create("by-invitation", Visibility.PRIVATE);
    apply(List.of(hidden));
    RoomId room = hidden.roomId();
    assertThat(refusal(applyOne(new LogCommand.Accept(room, grace))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
    invite(room, grace);
    assertThat(
            apply(List.of(new LogCommand.Accept(room, grace), new LogCommand.Accept(room, grace))))
        .satisfies(results -> {
          assertThat(results.get(0)).isInstanceOf(CommandResult.Appended.class);
          assertThat(refusal(results.get(1))).isEqualTo(ProblemType.ROOM_NOT_FOUND);
        });
    assertThat(log.after(room, 1, 10)).containsExactly(entry(2, grace, new Entry.Joined()));
    applyOne(new LogCommand.Leave(room, grace));
    assertThat(refusal(applyOne(new LogCommand.Accept(room, grace))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
  }

  @Test
  void endsTheInvitationOfWhoJoins() {
    RoomId room = room("invited-but-joined");
    invite(room, grace);
    applyOne(new LogCommand.Join(room, grace));
    applyOne(new LogCommand.Leave(room, grace));
    assertThat(refusal(applyOne(new LogCommand.Accept(room, grace))))
        .isEqualTo(ProblemType.ROOM_NOT_FOUND);
  }

  @Test
  void keepsWhatWhoWroteAnEntryWasCalledThen() {
    Person john = new Person(person("John.Smith").personId(), "John.Smith", "of a token", false);
    RoomId room = room("display-names");
    call(john, "John Smith");
    apply(List.of(new LogCommand.Join(room, john), post(room, ada, "c", "t")));
    call(john, "Johnny");
    apply(List.of(post(room, john, "c", "t")));
    call(john, null);
    apply(List.of(post(room, john, "d", "t")));
    assertThat(log.after(room, 1, 10))
        .extracting(Entry::displayName)
        .containsExactly("John Smith", "ada", "Johnny", "John.Smith");
  }

  private void call(Person person, @Nullable String displayName) {
    opened
        .database()
        .write(client ->
            client
                .sql("UPDATE person SET display_name = ? WHERE person_id = ?")
                .params(displayName, person.personId().toString())
                .update());
  }

  @Test
  void pagesForwardsAndBackwards() {
    RoomId room = room("pages");
    List<LogCommand> posts = new ArrayList<>();
    IntStream.range(0, 9).forEach(i -> posts.add(post(room, ada, "c" + i, "t")));
    apply(posts);
    assertThat(seqs(log.after(room, 0, 4))).containsExactly(1L, 2L, 3L, 4L);
    assertThat(seqs(log.after(room, 8, 4))).containsExactly(9L, 10L);
    assertThat(seqs(log.after(room, 10, 4))).isEmpty();
    assertThat(seqs(log.before(room, 5, 3))).containsExactly(2L, 3L, 4L);
    assertThat(seqs(log.before(room, Long.MAX_VALUE, 2))).containsExactly(9L, 10L);
    assertThat(seqs(log.before(room, 1, 2))).isEmpty();
  }

  @Test
  void staysGaplessWhenSeveralWritersMeet() throws Exception {
    RoomId one = room("meet-one");
    RoomId two = room("meet-two");
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int number = writer;
      writers.add(CompletableFuture.runAsync(() -> writeToBoth(one, two, number)));
    }
    CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    for (RoomId room : List.of(one, two)) {
      assertThat(seqs(log.after(room, 0, 1_000)))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 81).boxed().toList());
    }
  }

  private void writeToBoth(RoomId one, RoomId two, int writer) {
    for (int i = 0; i < 20; i++) {
      LogCommand first = post(one, ada, "w" + writer + "-" + i, "t");
      LogCommand second = post(two, ada, "w" + writer + "-" + i, "t");
      apply(i % 2 == 0 ? List.of(first, second) : List.of(second, first));
    }
  }

  private RoomId room(String name) {
    LogCommand.Create create = create(name, Visibility.PUBLIC);
    assertThat(applyOne(create)).isInstanceOf(CommandResult.Appended.class);
    return create.roomId();
  }

  private LogCommand.Create create(String name, Visibility visibility) {
    return new LogCommand.Create(
        new RoomId(UUID.randomUUID()), ada, Name.ofRoom(name), "", visibility);
  }

  private static LogCommand post(RoomId room, Person sender, String id, String text) {
    return new LogCommand.Post(room, sender, id, text);
  }

  private CommandResult applyOne(LogCommand command) {
    return apply(List.of(command)).getFirst();
  }

  private List<CommandResult> apply(List<LogCommand> commands) {
    return log.apply(commands, NOW).join();
  }

  private static ProblemType refusal(CommandResult outcome) {
    assertThat(outcome).isInstanceOf(CommandResult.Rejected.class);
    return ((CommandResult.Rejected) outcome).type();
  }

  private static List<Long> seqs(List<Entry> entries) {
    return entries.stream().map(Entry::seq).toList();
  }

  private static Entry entry(long seq, Person person, Entry.Content content) {
    return new Entry(seq, person.personId(), person.name(), NOW, content);
  }

  private void invite(RoomId room, Person person) {
    opened
        .database()
        .write(client ->
            client
                .sql(
                    """
                    INSERT INTO invitation (person_id, room_id, inviter_id, invited_at)
                    VALUES (?, ?, ?, 0)
                    """)
                .params(person.personId().toString(), room.toString(), ada.personId().toString())
                .update());
  }

  /// A public room as the version before the table of skeletons left it.
  private RoomId roomBefore(String name, String key, long createdAt) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    opened
        .database()
        .write(client -> {
          client
              .sql(
                  """
                  INSERT INTO room
                    (room_id, name, name_key, topic, visibility, last_seq, created_at)
                  VALUES (?, ?, ?, '', 'PUBLIC', 0, ?)
                  """)
              .params(roomId.toString(), name, key, createdAt)
              .update();
          return client
              .sql("INSERT INTO room_to_adopt (created_at, room_id) VALUES (?, ?)")
              .params(createdAt, roomId.toString())
              .update();
        });
    return roomId;
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
