package io.tercet.chat.room.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.Database;
import io.tercet.chat.database.LossyPostgres;
import io.tercet.chat.database.PostgresServer;
import io.tercet.chat.database.TestDatabases;
import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.LogStore;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageRules;
import io.tercet.chat.room.MessageSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Two replicas that write to the log of one PostgreSQL.
@Tag("docker")
@Timeout(120)
class TwoWritersTest {

  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MessageSettings ALWAYS = new MessageSettings(Duration.ZERO, 100);

  private LossyPostgres one;
  private TestDatabases.Opened other;
  private LogStore logOfOne;
  private LogStore logOfOther;
  private Person ada;

  @BeforeEach
  void open() {
    String url = PostgresServer.newDatabase();
    one = new LossyPostgres(url);
    one.open();
    other = TestDatabases.postgres(url, "test", "test");
    logOfOne = new JdbcLogStore(one, ALWAYS, JSON);
    logOfOther = new JdbcLogStore(other.database(), ALWAYS, JSON);
    ada = person("ada");
  }

  @AfterEach
  void close() {
    one.close();
    other.close().run();
  }

  @Test
  void waitForEachOtherInOneRoomUntilTheCommitAndInNoOther() throws Exception {
    RoomId room = room("shared");
    RoomId elsewhere = room("elsewhere");
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    CompletableFuture<List<CommandResult>> first =
        inBackground(() ->
            one.write(client -> {
              List<CommandResult> results =
                  new LogTransaction(client, one.rowLock(), new EntryRowMapper(JSON), ALWAYS, NOW)
                      .apply(List.of(post(room, "first")));
              written.countDown();
              await(mayCommit);
              return results;
            }));
    written.await();
    CompletableFuture<CommandResult> second =
        inBackground(() -> apply(logOfOther, post(room, "second")));
    awaitOneThatWaitsForALock();

    assertThat(seq(apply(logOfOther, post(elsewhere, "third")))).isEqualTo(2);
    assertThat(second).isNotDone();
    mayCommit.countDown();
    assertThat(seq(first.get(60, TimeUnit.SECONDS).getFirst())).isEqualTo(2);
    assertThat(seq(second.get(60, TimeUnit.SECONDS))).isEqualTo(3);
  }

  @Test
  void bothSucceedAfterADeadlock() throws Exception {
    RoomId a = room("a");
    RoomId b = room("b");
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger runs = new AtomicInteger();
    List<CompletableFuture<Integer>> both =
        List.of(
            inBackground(() -> touchBoth(one, a, b, bothHoldOne, runs)),
            inBackground(() -> touchBoth(other.database(), b, a, bothHoldOne, runs)));
    for (CompletableFuture<Integer> each : both) {
      assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(1);
    }
    assertThat(runs).hasValueGreaterThan(2);
    assertThat(topic(a)).isEqualTo("xx");
    assertThat(topic(b)).isEqualTo("xx");
  }

  @Test
  void writeOnceWhatOneDoesNotKnowAndIsRepeatedAtTheOther() {
    RoomId room = room("unknown");
    LogCommand post = post(room, "same");
    one.answering = false;
    one.askable = false;
    CompletableFuture<List<CommandResult>> unknown = logOfOne.apply(List.of(post), NOW);
    assertThat(unknown).isNotDone();

    assertThat(apply(logOfOther, post)).isEqualTo(new CommandResult.Duplicate(2, NOW));
    one.answering = true;
    one.askable = true;
    assertThat(unknown.orTimeout(60, TimeUnit.SECONDS).join())
        .singleElement()
        .satisfies(result -> assertThat(seq(result)).isEqualTo(2));
    assertThat(logOfOther.after(room, 0, 10)).extracting(Entry::seq).containsExactly(1L, 2L);
  }

  @Test
  void writeOnceWhatOneDidNotCommitAndIsRepeatedAtTheOther() {
    RoomId room = room("lost");
    LogCommand post = post(room, "same");
    one.committing = false;
    one.askable = false;
    CompletableFuture<List<CommandResult>> unknown = logOfOne.apply(List.of(post), NOW);
    assertThat(unknown).isNotDone();

    assertThat(seq(apply(logOfOther, post))).isEqualTo(2);
    one.committing = true;
    one.askable = true;
    assertThat(unknown.handle((results, failure) -> failure).orTimeout(60, TimeUnit.SECONDS).join())
        .isNotNull();
    assertThat(logOfOther.after(room, 0, 10)).extracting(Entry::seq).containsExactly(1L, 2L);
  }

  @Test
  void giveOneOrderToEditsOfOneMessageAndLetOneOfAVersionWin() throws Exception {
    RoomId room = room("edited");
    long message = seq(apply(logOfOther, post(room, "message")));
    for (int round = 0; round < 20; round++) {
      long version =
          logOfOther.current(room, ada.personId(), message, message).getFirst().version();
      List<CommandResult> results =
          atOnce(
              new LogCommand.Edit(room, ada, message, "one " + round, version),
              new LogCommand.Edit(room, ada, message, "other " + round, version));
      assertThat(results)
          .as("one wins")
          .filteredOn(result -> result instanceof CommandResult.Appended)
          .hasSize(1);
      assertThat(results)
          .filteredOn(result ->
              result instanceof CommandResult.Rejected(ProblemType type, _)
                  && type == ProblemType.PRECONDITION_FAILED)
          .hasSize(1);
    }
    assertCurrentIsWhatTheLogSays(room);
  }

  @Test
  void countEveryEditOfOneMessage() throws Exception {
    RoomId room = room("counted");
    long message = seq(apply(logOfOther, post(room, "message")));
    for (int round = 0; round < 50; round++) {
      assertThat(
              atOnce(
                  new LogCommand.Edit(room, ada, message, "one " + round, null),
                  new LogCommand.Edit(room, ada, message, "other " + round, null)))
          .allMatch(result -> result instanceof CommandResult.Appended);
    }
    assertThat(apply(logOfOther, new LogCommand.Edit(room, ada, message, "one more", null)))
        .isInstanceOfSatisfying(
            CommandResult.Rejected.class,
            refused -> assertThat(refused.type()).isEqualTo(ProblemType.TOO_MANY_EDITS));
    assertCurrentIsWhatTheLogSays(room);
  }

  @Test
  void leaveNoTextWhenAnEditMeetsADeletion() throws Exception {
    RoomId room = room("deleted");
    for (int round = 0; round < 20; round++) {
      long message = seq(apply(logOfOther, post(room, "message-" + round)));
      List<CommandResult> results =
          atOnce(
              new LogCommand.Edit(room, ada, message, "secret", null),
              new LogCommand.Delete(room, ada, message));
      assertThat(results.getLast()).isInstanceOf(CommandResult.Appended.class);
      boolean isEdited = results.getFirst() instanceof CommandResult.Appended;
      assertThat(logOfOne.current(room, ada.personId(), message, message).getFirst())
          .satisfies(now -> {
            assertThat(now.deletion()).isNotNull();
            assertThat(now.edit() != null).isEqualTo(isEdited);
          });
    }
    assertCurrentIsWhatTheLogSays(room);
    assertThat(logOfOther.after(room, 0, 1_000))
        .extracting(Entry::content)
        .noneMatch(content -> content.toString().contains("secret"));
  }

  @Test
  void countTheRepliesThatTheyWriteAndDeleteAtOnce() throws Exception {
    RoomId room = room("answered");
    long origin = seq(apply(logOfOther, post(room, "origin")));
    for (int round = 0; round < 20; round++) {
      long reply = seq(apply(logOfOther, reply(room, "first " + round, origin)));
      assertThat(
              atOnce(reply(room, "one " + round, origin), new LogCommand.Delete(room, ada, reply)))
          .allMatch(result -> result instanceof CommandResult.Appended);
    }
    assertThat(logOfOne.current(room, ada.personId(), origin, origin).getFirst().replies())
        .isEqualTo(20);
    assertCurrentIsWhatTheLogSays(room);
  }

  @Test
  void answerNoMessageThatTheOtherOneDeletedBefore() throws Exception {
    RoomId room = room("gone");
    for (int round = 0; round < 20; round++) {
      long origin = seq(apply(logOfOther, post(room, "origin " + round)));
      CommandResult answered =
          atOnce(reply(room, "one " + round, origin), new LogCommand.Delete(room, ada, origin))
              .getFirst();
      CurrentEntry now = logOfOne.current(room, ada.personId(), origin, origin).getFirst();
      if (answered instanceof CommandResult.Appended(Entry reply, _)) {
        assertThat(reply.seq()).isLessThan(now.deletion().seq());
      } else {
        assertThat(now.replies()).isZero();
      }
    }
    assertCurrentIsWhatTheLogSays(room);
  }

  private LogCommand reply(RoomId room, String id, long origin) {
    return new LogCommand.Post(room, ada, id, "text", origin);
  }

  @Test
  void countEachReactionOnceAndNoneToWhatIsDeleted() throws Exception {
    RoomId room = room("reacted");
    Person grace = person("grace");
    apply(logOfOther, new LogCommand.Join(room, grace));
    long message = seq(apply(logOfOther, post(room, "message")));
    for (int round = 0; round < 20; round++) {
      assertThat(atOnce(react(room, ada, message), react(room, grace, message)))
          .allMatch(result -> result instanceof CommandResult.Appended);
      assertThat(atOnce(unreact(room, ada, message), unreact(room, ada, message)))
          .as("one takes it back")
          .filteredOn(result -> result instanceof CommandResult.Appended)
          .hasSize(1);
      apply(logOfOne, unreact(room, grace, message));
      long other = seq(apply(logOfOther, post(room, "other-" + round)));
      assertThat(atOnce(react(room, ada, other), new LogCommand.Delete(room, ada, other)).getLast())
          .isInstanceOf(CommandResult.Appended.class);
    }
    assertCurrentIsWhatTheLogSays(room);
    assertThat(logOfOne.current(room, ada.personId(), 0, 1_000))
        .allSatisfy(now -> assertThat(now.reactions()).isEmpty());
    int rows =
        other
            .database()
            .read(client ->
                client.sql("SELECT COUNT(*) FROM reaction").query(Integer.class).single());
    assertThat(rows).isZero();
  }

  @Test
  void pinAMessageOnceAndNoneMoreThanARoomHas() throws Exception {
    RoomId room = room("pinned");
    for (int round = 0; round < 20; round++) {
      long message = seq(apply(logOfOther, post(room, "message-" + round)));
      assertThat(atOnce(pin(room, message), pin(room, message)))
          .filteredOn(result -> result instanceof CommandResult.Appended)
          .hasSize(1);
    }
    for (int each = 20; each < MessageRules.PINS_MAX - 1; each++) {
      apply(logOfOne, pin(room, seq(apply(logOfOther, post(room, "message-" + each)))));
    }
    long last = seq(apply(logOfOther, post(room, "last")));
    long another = seq(apply(logOfOther, post(room, "another")));
    assertThat(atOnce(pin(room, last), pin(room, another)))
        .as("one takes the last place")
        .filteredOn(result ->
            result instanceof CommandResult.Rejected(ProblemType type, _)
                && type == ProblemType.TOO_MANY_PINS)
        .hasSize(1);
    assertThat(logOfOne.pinned(room, ada.personId(), 1_000)).hasSize(MessageRules.PINS_MAX);
    assertCurrentIsWhatTheLogSays(room);
  }

  private LogCommand pin(RoomId room, long message) {
    return new LogCommand.Pin(room, ada, message);
  }

  private static LogCommand react(RoomId room, Person person, long message) {
    return new LogCommand.React(room, person, message, "👍");
  }

  private static LogCommand unreact(RoomId room, Person person, long message) {
    return new LogCommand.Unreact(room, person, message, "👍");
  }

  /// One command at each replica.
  private List<CommandResult> atOnce(LogCommand atOne, LogCommand atOther) throws Exception {
    CyclicBarrier bothAreReady = new CyclicBarrier(2);
    CompletableFuture<CommandResult> one =
        inBackground(() -> {
          await(bothAreReady);
          return apply(logOfOne, atOne);
        });
    CompletableFuture<CommandResult> other =
        inBackground(() -> {
          await(bothAreReady);
          return apply(logOfOther, atOther);
        });
    return List.of(one.get(60, TimeUnit.SECONDS), other.get(60, TimeUnit.SECONDS));
  }

  private void assertCurrentIsWhatTheLogSays(RoomId room) {
    List<Entry> all = logOfOther.after(room, 0, 1_000);
    assertThat(all)
        .extracting(Entry::seq)
        .isEqualTo(LongStream.rangeClosed(1, all.size()).boxed().toList());
    assertThat(logOfOne.current(room, ada.personId(), 0, 1_000))
        .isEqualTo(LogModel.current(all, ada.personId(), 0, 1_000));
  }

  private int touchBoth(
      Database database, RoomId first, RoomId second, CyclicBarrier barrier, AtomicInteger runs) {
    return database.write(client -> {
      boolean isFirstRun = runs.incrementAndGet() <= 2;
      touch(client, first);
      if (isFirstRun) {
        await(barrier);
      }
      return touch(client, second);
    });
  }

  private static int touch(JdbcClient client, RoomId room) {
    return client
        .sql("UPDATE room SET topic = topic || 'x' WHERE room_id = ?")
        .param(room.toString())
        .update();
  }

  private String topic(RoomId room) {
    return other
        .database()
        .read(client ->
            client
                .sql("SELECT topic FROM room WHERE room_id = ?")
                .param(room.toString())
                .query(String.class)
                .single());
  }

  /// A thread of its own: the common pool has few.
  private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  private void awaitOneThatWaitsForALock() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (one.<Integer>read(
            client ->
                client
                    .sql(
                        """
                        SELECT COUNT(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND wait_event_type = 'Lock'
                        """)
                    .query(Integer.class)
                    .single())
        == 0) {
      assertThat(System.nanoTime()).as("one waits for a lock").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private RoomId room(String name) {
    RoomId roomId = new RoomId(UUID.randomUUID());
    apply(
        logOfOther, new LogCommand.Create(roomId, ada, Name.ofRoom(name), "", Visibility.PRIVATE));
    return roomId;
  }

  private LogCommand post(RoomId room, String id) {
    return new LogCommand.Post(room, ada, id, "text");
  }

  private static CommandResult apply(LogStore log, LogCommand command) {
    return log.apply(List.of(command), NOW).join().getFirst();
  }

  private static long seq(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Appended.class);
    return ((CommandResult.Appended) result).entry().seq();
  }

  private Person person(String name) {
    Person person = new Person(new PersonId(UUID.randomUUID()), name, false);
    other
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
