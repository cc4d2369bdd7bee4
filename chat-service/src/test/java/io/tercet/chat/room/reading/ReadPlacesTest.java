package io.tercet.chat.room.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Moves of places are written together.
@Timeout(60)
class ReadPlacesTest {

  private static final ReadingSettings SETTINGS =
      new ReadingSettings(
          1_000, 100, Duration.ofSeconds(1), Duration.ofSeconds(30), 6, 4, 1, Duration.ZERO);
  private static final PersonId ADA = new PersonId(new UUID(1, 1));
  private static final PersonId GRACE = new PersonId(new UUID(1, 2));
  private static final PersonId EVE = new PersonId(new UUID(1, 3));

  private final List<Set<ReadMove>> writes = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Hint> told = new ArrayList<>();
  private final List<CompletableFuture<?>> others = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-30T08:00:00Z");
  private Runnable duringPause = () -> {};
  private CompletableFuture<Boolean> commit = CompletableFuture.completedFuture(true);

  /// Eve is a member of nothing.
  private final ReadPlaceStore store =
      new ReadPlaceStore() {
        @Override
        public CompletableFuture<Written> write(Collection<ReadMove> moves) {
          writes.add(Set.copyOf(moves));
          Set<Reader> members = new HashSet<>();
          Map<PersonId, Long> versions = new HashMap<>();
          for (ReadMove move : moves) {
            if (!move.reader().personId().equals(EVE)) {
              members.add(move.reader());
              versions.put(move.reader().personId(), (long) writes.size());
            }
          }
          return commit.thenApply(done -> new Written(members, versions));
        }

        @Override
        public List<ReadPlace> movedAfter(Map<PersonId, Long> versions) {
          throw new AssertionError("nobody asks");
        }
      };

  private final ReadPlaces places =
      new ReadPlaces(
          store,
          told::add,
          SETTINGS,
          () -> now,
          time -> {
            pauses.add(time);
            duringPause.run();
            now = now.plus(time);
          });

  @Test
  void areWrittenAtOnceAfterAQuietPeriod() {
    places.move(move(ADA, 1, 5));
    now = now.plus(SETTINGS.writePeriod());
    places.move(move(ADA, 1, 6));

    assertThat(writes).containsExactly(Set.of(move(ADA, 1, 5)), Set.of(move(ADA, 1, 6)));
    assertThat(pauses).isEmpty();
  }

  @Test
  void areWrittenOnceInAPeriodAllTogether() {
    places.move(move(ADA, 1, 5));
    now = now.plusMillis(400);
    duringPause =
        () -> {
          beside(move(ADA, 2, 7));
          beside(move(GRACE, 1, 8));
          beside(move(ADA, 1, 7));
        };
    places.move(move(ADA, 1, 6));
    join();

    assertThat(pauses).containsExactly(Duration.ofMillis(600));
    assertThat(writes)
        .containsExactly(
            Set.of(move(ADA, 1, 5)), Set.of(move(ADA, 1, 7), move(ADA, 2, 7), move(GRACE, 1, 8)));
  }

  @Test
  void waitNoLongerThanAPeriodWhenTheClockIsSetBack() {
    places.move(move(ADA, 1, 5));
    now = now.minusSeconds(3_600);
    places.move(move(ADA, 1, 6));

    assertThat(writes).hasSize(2);
    assertThat(pauses).isEmpty();
  }

  @Test
  void followEachOtherInTheOrderOfTheCalls() {
    assertThat(together(move(ADA, 1, 5), move(ADA, 1, 3))).isEqualTo(move(ADA, 1, 5));
    assertThat(together(move(ADA, 1, 5), back(3))).isEqualTo(back(3));
    assertThat(together(back(3), move(ADA, 1, 5))).isEqualTo(back(5));
    assertThat(together(back(5), move(ADA, 1, 3))).isEqualTo(back(5));
    assertThat(together(back(3), back(5))).isEqualTo(back(5));
  }

  /// Whatever the place was: as if each move had been written alone.
  @Test
  void leadTogetherWhereTheyLeadOneAfterAnother() {
    List<ReadMove> moves = List.of(move(ADA, 1, 2), move(ADA, 1, 9), back(1), back(6), back(12));
    for (ReadMove first : moves) {
      for (ReadMove second : moves) {
        for (ReadMove third : moves) {
          LongStream.rangeClosed(0, 10)
              .forEach(place ->
                  assertThat(first.then(second).then(third).from(place, 10))
                      .isEqualTo(third.from(second.from(first.from(place, 10), 10), 10)));
        }
      }
    }
  }

  @Test
  void areRefusedForWhoIsNoMember() {
    assertRefused(() -> places.move(move(EVE, 1, 5)), ProblemType.ROOM_NOT_FOUND);
    places.moveAll(List.of(move(EVE, 1, 5), move(EVE, 2, 5)));
  }

  @Test
  void areToldToAllReplicasOnceTheyAreDurable() {
    commit = new CompletableFuture<>();
    assertRefused(() -> places.move(move(ADA, 1, 5)), ProblemType.SERVICE_TIMEOUT);
    assertThat(told).isEmpty();

    commit.complete(true);
    assertThat(told).containsExactly(new Hint.PlacesMoved(ADA.value(), 0));
  }

  @Test
  void areRefusedWhileNobodyKnowsWhatBecameOfTheLastWrite() {
    commit = new CompletableFuture<>();
    assertRefused(() -> places.move(move(ADA, 1, 5)), ProblemType.SERVICE_TIMEOUT);
    assertRefused(() -> places.move(move(ADA, 1, 6)), ProblemType.SERVICE_UNAVAILABLE);

    commit.completeExceptionally(new ProblemException(ProblemType.SERVICE_UNAVAILABLE));
    commit = CompletableFuture.completedFuture(true);
    places.move(move(ADA, 1, 7));
    assertThat(writes).containsExactly(Set.of(move(ADA, 1, 5)), Set.of(move(ADA, 1, 7)));
  }

  @Test
  void failTogetherIfTheWriteFails() {
    for (Throwable failure :
        List.of(
            new ProblemException(ProblemType.SERVICE_UNAVAILABLE),
            new IllegalStateException("broken"),
            new StackOverflowError("broken"))) {
      commit = CompletableFuture.failedFuture(failure);
      duringPause = () -> beside(move(GRACE, 1, 6));
      assertRefused(() -> places.move(move(ADA, 1, 5)), ProblemType.SERVICE_UNAVAILABLE);
    }
    others.forEach(other ->
        assertThat(other)
            .failsWithin(Duration.ofSeconds(30))
            .withThrowableThat()
            .havingRootCause()
            .isInstanceOf(ProblemException.class));
    assertThat(told).isEmpty();

    commit = CompletableFuture.completedFuture(true);
    duringPause = () -> {};
    places.move(move(ADA, 1, 5));
  }

  @Test
  void areNotWrittenByAThreadThatIsInterrupted() {
    places.move(move(ADA, 1, 5));
    Thread.currentThread().interrupt();
    assertRefused(() -> places.move(move(ADA, 1, 6)), ProblemType.SERVICE_UNAVAILABLE);
    assertThat(Thread.interrupted()).isTrue();

    places.move(move(ADA, 1, 7));
    assertThat(writes).hasSize(2);
  }

  @Test
  void ofOnePersonAreBounded() {
    fill(() -> {
      List<ReadMove> tooMany = LongStream.range(2, 6).mapToObj(room -> move(ADA, room, 9)).toList();
      assertRefused(() -> places.moveAll(tooMany), ProblemType.TOO_FAST);
      beside(tooMany.subList(0, 3));
      assertRefused(() -> places.move(move(ADA, 9, 9)), ProblemType.TOO_FAST);
    });
    assertThat(writes.getLast()).hasSize(SETTINGS.pendingPerPersonMax());
  }

  @Test
  void ofAllAreBounded() {
    fill(() -> {
      beside(LongStream.range(0, 4).mapToObj(room -> move(GRACE, room, 9)).toList());
      assertThatThrownBy(() -> places.moveAll(List.of(move(EVE, 1, 9), move(EVE, 2, 9))))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refusal -> {
                assertThat(refusal.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE);
                assertThat(refusal.retryAfterSeconds()).hasValue(1);
              });
    });
    assertThat(writes.getLast()).hasSize(5);
  }

  /// Runs while one move of ada waits.
  private void fill(Runnable work) {
    places.move(move(ADA, 1, 5));
    duringPause = work;
    places.move(move(ADA, 1, 6));
    join();
  }

  /// What two moves of one reader are written as.
  private ReadMove together(ReadMove first, ReadMove second) {
    duringPause = () -> {};
    places.move(move(GRACE, 1, 1));
    duringPause = () -> beside(second);
    places.move(first);
    join();
    return writes.getLast().iterator().next();
  }

  private void beside(ReadMove move) {
    beside(List.of(move));
  }

  /// Another caller's moves, which wait when this returns.
  private void beside(List<ReadMove> moves) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    others.add(done);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                places.moveAll(moves);
                done.complete(null);
              } catch (RuntimeException refusal) {
                done.completeExceptionally(refusal);
              }
            });
    while (caller.getState() != Thread.State.TIMED_WAITING && !done.isDone()) {
      Thread.onSpinWait();
    }
  }

  private void join() {
    others.forEach(CompletableFuture::join);
  }

  private static ReadMove move(PersonId person, long room, long seq) {
    return new ReadMove(new Reader(person, new RoomId(new UUID(2, room))), seq, false);
  }

  private static ReadMove back(long seq) {
    return new ReadMove(new Reader(ADA, new RoomId(new UUID(2, 1))), seq, true);
  }

  private static void assertRefused(Runnable work, ProblemType type) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            ProblemException.class, refusal -> assertThat(refusal.type()).isEqualTo(type));
  }
}
