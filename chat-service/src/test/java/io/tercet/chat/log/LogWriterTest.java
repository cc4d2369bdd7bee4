package io.tercet.chat.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Status;

@Timeout(60)
class LogWriterTest {

  private static final RoomId ROOM = new RoomId(new UUID(0, 1));
  private static final Person ADA = new Person(new PersonId(new UUID(0, 2)), "ada", false);

  private final MemoryLog store = new MemoryLog();
  private final List<String> events = new ArrayList<>();
  private Runnable beforeEnqueue = () -> {};
  private Runnable afterEnqueue = () -> {};
  private int batchMax = 10;
  private Duration waitMax = Duration.ofSeconds(30);
  private final LogWriter writer = writer();

  @AfterEach
  void stop() {
    store.open();
    writer.stop();
  }

  @Test
  void refusesACommandBeforeItStarts() {
    assertThatThrownBy(() -> writer.submit(post("a"))).isInstanceOf(ProblemException.class);
  }

  @Test
  void commitsInOneBatchWhatGathersDuringACommit() {
    store.close();
    writer.start();
    var first = writer.submit(post("a"));
    store.awaitBatch();
    var second = writer.submit(post("b"));
    var third = writer.submit(post("c"));
    store.open();

    assertThat(seq(first)).isEqualTo(1);
    assertThat(seq(second)).isEqualTo(2);
    assertThat(seq(third)).isEqualTo(3);
    assertThat(store.batches).containsExactly(List.of("a"), List.of("b", "c"));
  }

  @Test
  void completesAFutureAfterTheListenerHeardOfIt() {
    store.close();
    writer.start();
    var posted = writer.submit(post("a")).thenAccept(result -> events.add("answered"));
    store.open();
    posted.join();
    assertThat(events).containsExactly("announced 1", "answered");
  }

  @Test
  void answersEvenWhenTheListenerFails() {
    writer.start();
    assertThat(seq(writer.submit(post("fails in the listener")))).isEqualTo(1);
    assertThat(seq(writer.submit(post("b")))).isEqualTo(2);
  }

  @Test
  void refusesOnlyTheCommandAtFaultWhenABatchFails() {
    store.close();
    writer.start();
    var first = writer.submit(post("a"));
    store.awaitBatch();
    var good = writer.submit(post("b"));
    var bad = writer.submit(post("fails"));
    var last = writer.submit(post("c"));
    store.open();

    assertThat(seq(first)).isEqualTo(1);
    assertThat(seq(good)).isEqualTo(2);
    assertUnavailable(bad);
    assertThat(seq(last)).isEqualTo(3);
  }

  @Test
  void writesWhatIsQueuedBeforeItStops() throws InterruptedException {
    store.close();
    writer.start();
    var first = writer.submit(post("a"));
    store.awaitBatch();
    var queued = writer.submit(post("b"));
    Thread stopping = Thread.ofPlatform().start(writer::stop);
    store.open();
    stopping.join();

    assertThat(seq(first)).isEqualTo(1);
    assertThat(seq(queued)).isEqualTo(2);
    assertThatThrownBy(() -> writer.submit(post("c"))).isInstanceOf(ProblemException.class);
  }

  @Test
  void refusesACommandThatComesInWhileItStops() {
    writer.start();
    beforeEnqueue = writer::stop;
    assertThatThrownBy(() -> writer.submit(post("late"))).isInstanceOf(ProblemException.class);
    assertThat(store.batches).isEmpty();
  }

  @Test
  void refusesACommandThatIsQueuedBehindTheEnd() {
    batchMax = 1;
    store.close();
    LogWriter writer = writer();
    writer.start();
    var first = writer.submit(post("a"));
    store.awaitBatch();
    Thread stopping = Thread.ofPlatform().unstarted(writer::stop);
    beforeEnqueue = () -> startAndAwaitWaiting(stopping);
    var late = writer.submit(post("late"));
    store.open();

    assertUnavailable(late);
    assertThat(seq(first)).isEqualTo(1);
  }

  @Test
  void writesAgainAfterANewStart() {
    writer.start();
    writer.stop();
    writer.start();
    assertThat(seq(writer.submit(post("a")))).isEqualTo(1);
  }

  @Test
  void isRunningForTheThreadThatItStarts() {
    writer.start();
    store.duringBatch = () -> events.add("running " + writer.isRunning());
    writer.submit(post("a")).join();
    assertThat(events).contains("running true");
  }

  @Test
  void writesOnAfterAnErrorOfTheStore() {
    writer.start();
    assertUnavailable(writer.submit(post("dies")));
    assertThat(writer.isWriting()).isTrue();
    assertThat(seq(writer.submit(post("a")))).isEqualTo(1);
  }

  @Test
  void hasNoWriterBeforeItStartsAndAfterItStops() {
    assertThat(new LogWriterHealthIndicator(writer).health().getStatus()).isEqualTo(Status.DOWN);
    writer.start();
    assertThat(new LogWriterHealthIndicator(writer).health().getStatus()).isEqualTo(Status.UP);
    writer.stop();
    assertThat(new LogWriterHealthIndicator(writer).health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void refusesBatchAndQueueAtOnceWhileTheDatabaseIsAway() {
    store.close();
    writer.start();
    var first = writer.submit(post("away"));
    store.awaitBatch();
    var second = writer.submit(post("away"));
    var third = writer.submit(post("b"));
    store.open();

    assertUnavailable(first);
    assertUnavailable(second);
    assertUnavailable(third);
    assertThat(store.attempts).isEqualTo(1);
    assertThat(seq(writer.submit(post("c")))).isEqualTo(1);
  }

  @Test
  void repeatsNoCommandOfABatchOnceTheDatabaseIsAway() {
    store.close();
    writer.start();
    var first = writer.submit(post("a"));
    store.awaitBatch();
    var faulty = writer.submit(post("fails"));
    var away = writer.submit(post("away"));
    var last = writer.submit(post("b"));
    store.open();

    assertThat(seq(first)).isEqualTo(1);
    assertUnavailable(faulty);
    assertUnavailable(away);
    assertUnavailable(last);
    assertThat(store.attempts).as("a; the batch; two of it alone").isEqualTo(4);
  }

  @Test
  void announcesWhatIsCommittedAfterItsCallersGaveUp() {
    store.answersLate = true;
    writer.start();
    assertProblem(writer.submit(post("a")), ProblemType.SERVICE_TIMEOUT);
    assertThat(events).isEmpty();

    store.answer();
    assertThat(events).containsExactly("announced 1");
    store.answersLate = false;
    assertThat(seq(writer.submit(post("b")))).isEqualTo(2);
    assertThat(events).containsExactly("announced 1", "announced 2");
  }

  @Test
  void writesNothingBehindABatchWhoseOutcomeIsUnknown() {
    store.answersLate = true;
    writer.start();
    assertProblem(writer.submit(post("a")), ProblemType.SERVICE_TIMEOUT);
    assertUnavailable(writer.submit(post("b")));
    assertThat(store.batches).containsExactly(List.of("a"));
  }

  @Test
  void announcesNothingOfABatchThatWasNotCommittedAfterAll() {
    store.answersLate = true;
    writer.start();
    assertProblem(writer.submit(post("a")), ProblemType.SERVICE_TIMEOUT);
    store.late.completeExceptionally(new IllegalStateException("rolled back"));
    store.answersLate = false;
    writer.submit(post("b")).join();
    assertThat(events).hasSize(1);
  }

  @Test
  void withdrawsACommandThatNobodyWaitsForAnyMore() {
    waitMax = Duration.ofMillis(1);
    LogWriter writer = writer();
    store.close();
    writer.start();
    var first = writer.submit(post("a"));
    store.awaitBatch();
    assertThatThrownBy(() -> writer.execute(post("b")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE));
    store.open();
    assertThat(seq(first)).isEqualTo(1);
    assertThat(seq(writer.submit(post("c")))).isEqualTo(2);
    assertThat(store.batches).doesNotContain(List.of("b"));
    writer.stop();
  }

  @Test
  void saysThatItDoesNotKnowOfACommandThatIsBeingWritten() {
    waitMax = Duration.ofMillis(1);
    LogWriter writer = writer();
    store.close();
    writer.start();
    // The command is taken from the queue before its caller begins to wait.
    afterEnqueue = store::awaitBatch;
    assertThatThrownBy(() -> writer.execute(post("a")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.SERVICE_TIMEOUT));
    store.open();
    writer.submit(post("b")).join();
    assertThat(events).containsExactly("announced 1", "announced 2");
    writer.stop();
  }

  private void announced(List<Entry> entries) {
    entries.forEach(entry -> events.add("announced " + entry.seq()));
    if (text(entries.getFirst()).equals("fails in the listener")) {
      throw new IllegalStateException("a listener that fails");
    }
  }

  private static String text(Entry entry) {
    return entry.content() instanceof Entry.Message message ? message.text() : "";
  }

  private static LogCommand post(String text) {
    return new LogCommand.Post(ROOM, ADA, text, text);
  }

  private static long seq(CompletableFuture<CommandResult> future) {
    return within(future).join() instanceof CommandResult.Appended(Entry entry, _)
        ? entry.seq()
        : -1;
  }

  /// A future that fails instead of waiting for ever.
  private static <T> CompletableFuture<T> within(CompletableFuture<T> future) {
    return future.orTimeout(30, TimeUnit.SECONDS);
  }

  private static void assertUnavailable(CompletableFuture<CommandResult> future) {
    assertProblem(future, ProblemType.SERVICE_UNAVAILABLE);
  }

  private static void assertProblem(CompletableFuture<CommandResult> future, ProblemType type) {
    assertThatThrownBy(within(future)::join)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private static void startAndAwaitWaiting(Thread thread) {
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private LogWriter writer() {
    LogSettings settings = new LogSettings(3, batchMax, waitMax, 10, 10);
    return new LogWriter(
        store, (roomId, entries) -> announced(entries), settings, () -> Instant.EPOCH) {
      @Override
      boolean enqueue(Pending pending) {
        Runnable once = beforeEnqueue;
        beforeEnqueue = () -> {};
        once.run();
        boolean queued = super.enqueue(pending);
        Runnable then = afterEnqueue;
        afterEnqueue = () -> {};
        then.run();
        return queued;
      }
    };
  }

  /// A log in memory whose commits wait while it is closed.
  private static final class MemoryLog implements LogStore {

    final List<List<String>> batches = new ArrayList<>();
    Runnable duringBatch = () -> {};
    final CompletableFuture<List<CommandResult>> late = new CompletableFuture<>();
    volatile boolean answersLate;
    volatile int attempts;
    private volatile Runnable lateAnswer = () -> {};
    private final CountDownLatch begun = new CountDownLatch(1);
    private CountDownLatch opened = new CountDownLatch(0);
    private long seq;

    void close() {
      opened = new CountDownLatch(1);
    }

    void open() {
      opened.countDown();
    }

    void awaitBatch() {
      await(begun);
    }

    void answer() {
      lateAnswer.run();
    }

    @Override
    public CompletableFuture<List<CommandResult>> apply(List<LogCommand> commands, Instant now) {
      begun.countDown();
      await(opened);
      duringBatch.run();
      attempts++;
      List<String> texts =
          commands.stream().map(command -> ((LogCommand.Post) command).text()).toList();
      if (texts.contains("dies")) {
        throw new AssertionError("a store that dies");
      }
      if (texts.contains("fails")) {
        return CompletableFuture.failedFuture(new IllegalStateException("a database that fails"));
      }
      if (texts.contains("away")) {
        return CompletableFuture.failedFuture(
            new ProblemException(ProblemType.SERVICE_UNAVAILABLE));
      }
      batches.add(texts);
      List<CommandResult> results = texts.stream().map(text -> appended(text, now)).toList();
      if (!answersLate) {
        return CompletableFuture.completedFuture(results);
      }
      lateAnswer = () -> late.complete(results);
      return late;
    }

    private CommandResult appended(String text, Instant now) {
      Entry.Message message = new Entry.Message(text, text);
      return new CommandResult.Appended(new Entry(++seq, ADA.personId(), ADA.name(), now, message));
    }

    @Override
    public List<Entry> after(RoomId roomId, long after, int limit) {
      return List.of();
    }

    @Override
    public List<CurrentEntry> current(RoomId roomId, PersonId viewer, long from, long to) {
      return List.of();
    }

    @Override
    public List<CurrentEntry> current(RoomId roomId, PersonId viewer, Collection<Long> seqs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<CurrentEntry> replies(
        RoomId roomId, PersonId viewer, long origin, long after, int limit) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<CurrentEntry> pinned(RoomId roomId, PersonId viewer, int limit) {
      return List.of();
    }

    @Override
    public Map<RoomId, Long> lastSeqs(Collection<RoomId> roomIds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isShared() {
      return false;
    }

    @Override
    public List<Entry> before(RoomId roomId, long before, int limit) {
      return List.of();
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
