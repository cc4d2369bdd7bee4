package io.tercet.chat.room.reading;

import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.reading.ReadPlaceStore.Written;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Moves the places up to which members have read.
///
/// People read all the time, so moves are written together: all that come while a write runs, or
/// within [ReadingSettings#writePeriod] of its beginning, are the next one. It is one transaction,
/// and the thread that brought the first of its moves writes it. The first move after a quiet
/// period is written at once. So a place costs at most one write a second, and no thread of its
/// own.
///
/// - Order: moves of one reader follow each other in the order of the calls.
/// - Bounds: [ReadingSettings#pendingMax] and [ReadingSettings#pendingPerPersonMax] places wait;
///   more are refused with `service-unavailable`, or `too-fast` for one person.
/// - Errors: if a write fails, all its callers get `service-unavailable`, and nothing was written.
///   `service-timeout` says that nobody knows. Until the database says what became of a write, the
///   next ones are refused.
/// - Threading: any thread that may wait. `writing` is outermost; the monitor guards `gathering`.
@Component
@EnableConfigurationProperties(ReadingSettings.class)
public class ReadPlaces {

  private static final Logger log = LoggerFactory.getLogger(ReadPlaces.class);

  private final ReadPlaceStore store;
  private final HintBroker hints;
  private final ReadingSettings settings;
  private final InstantSource clock;
  private final Pause pause;
  private final ReentrantLock writing = new ReentrantLock(true);
  private @Nullable Batch gathering;

  /// When the last write began. Guarded by `writing`, like the next field.
  private Instant writtenAt = Instant.EPOCH;

  /// Completes when the outcome of the last write is known and told.
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /// Lets a thread wait.
  @FunctionalInterface
  interface Pause {

    void take(Duration time) throws InterruptedException;
  }

  /// Moves that are written together.
  private static final class Batch {

    final Map<Reader, ReadMove> moves = new HashMap<>();
    final Map<PersonId, Integer> perPerson = new HashMap<>();
    final CompletableFuture<Written> written = new CompletableFuture<>();

    void add(ReadMove move) {
      if (!moves.containsKey(move.reader())) {
        perPerson.merge(move.reader().personId(), 1, Integer::sum);
      }
      moves.merge(move.reader(), move, ReadMove::then);
    }
  }

  @Autowired
  ReadPlaces(
      ReadPlaceStore store, HintBroker hints, ReadingSettings settings, InstantSource clock) {
    this(store, hints, settings, clock, Thread::sleep);
  }

  ReadPlaces(
      ReadPlaceStore store,
      HintBroker hints,
      ReadingSettings settings,
      InstantSource clock,
      Pause pause) {
    this.store = store;
    this.hints = hints;
    this.settings = settings;
    this.clock = clock;
    this.pause = pause;
  }

  /// Moves the place of a member; it is durable when this returns. Throws `room-not-found`.
  public void move(ReadMove move) {
    if (!write(List.of(move)).contains(move.reader())) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
  }

  /// Moves places of one person, in this order, and leaves out the rooms of which they are no
  /// member.
  public void moveAll(List<ReadMove> moves) {
    write(moves);
  }

  /// Returns who of the readers is a member.
  private Set<Reader> write(List<ReadMove> moves) {
    Batch batch;
    boolean first;
    synchronized (this) {
      first = gathering == null;
      batch = gathering == null ? new Batch() : gathering;
      refuseTooMany(batch, moves);
      moves.forEach(batch::add);
      gathering = batch;
    }
    if (first) {
      write(batch);
    }
    return await(batch.written).members();
  }

  /// Moves of readers who have one already count as well: they are few.
  private void refuseTooMany(Batch batch, List<ReadMove> moves) {
    for (ReadMove move : moves) {
      int ofPerson = batch.perPerson.getOrDefault(move.reader().personId(), 0);
      if (ofPerson + moves.size() > settings.pendingPerPersonMax()) {
        throw new ProblemException(
            ProblemType.TOO_FAST, "Too many rooms are being marked.", settings.writePeriod());
      }
    }
    if (batch.moves.size() + moves.size() > settings.pendingMax()) {
      throw new ProblemException(
          ProblemType.SERVICE_UNAVAILABLE, "Too much is being marked.", settings.writePeriod());
    }
  }

  /// Waits for its turn and writes the batch. Its callers learn what became of it in any case.
  private void write(Batch batch) {
    boolean mine = false;
    try {
      mine = writing.tryLock(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
      if (mine) {
        awaitPeriod();
        writeNow(batch, close(batch));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(batch);
      batch.written.completeExceptionally(unavailable("It was not written."));
      if (mine) {
        writing.unlock();
      }
    }
  }

  /// Nothing is added from here on.
  private synchronized Collection<ReadMove> close(Batch batch) {
    if (gathering == batch) {
      gathering = null;
    }
    return batch.moves.values();
  }

  /// A clock that is set back makes nobody wait longer than the period.
  private void awaitPeriod() throws InterruptedException {
    Duration since = Duration.between(writtenAt, clock.instant());
    Duration left = settings.writePeriod().minus(since);
    if (left.isPositive() && !since.isNegative()) {
      pause.take(left);
    }
  }

  private void writeNow(Batch batch, Collection<ReadMove> moves) {
    if (!last.isDone()) {
      batch.written.completeExceptionally(unavailable("The database does not answer."));
      return;
    }
    writtenAt = clock.instant();
    CompletableFuture<Written> outcome = apply(moves);
    boolean known = outcome.isDone();
    last = outcome.thenAccept(this::tell);
    if (!known) {
      log.error("read places not answered: places={}", moves.size());
      batch.written.completeExceptionally(unknown());
    } else if (outcome.isCompletedExceptionally()) {
      batch.written.completeExceptionally(refusal(outcome.exceptionNow()));
    } else {
      batch.written.complete(outcome.resultNow());
    }
  }

  /// Whatever the store throws, also an [Error], fails this write and no other.
  private CompletableFuture<Written> apply(Collection<ReadMove> moves) {
    try {
      return store.write(moves);
    } catch (Throwable failure) {
      return CompletableFuture.failedFuture(failure);
    }
  }

  private void tell(Written written) {
    written
        .versions()
        .forEach((personId, version) ->
            hints.publish(new Hint.PlacesMoved(personId.value(), version - 1)));
  }

  private static ProblemException refusal(Throwable failure) {
    if (failure instanceof ProblemException refusal) {
      return refusal;
    }
    log.error("read places not written", failure);
    return unavailable("It could not be written.");
  }

  private Written await(CompletableFuture<Written> written) {
    try {
      return written.get(settings.waitMax().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("read places failed", e.getCause());
    } catch (TimeoutException e) {
      throw unknown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown();
    }
  }

  private static ProblemException unknown() {
    return new ProblemException(
        ProblemType.SERVICE_TIMEOUT, "It may have been written. Repeat it.");
  }

  private static ProblemException unavailable(String detail) {
    return new ProblemException(ProblemType.SERVICE_UNAVAILABLE, detail);
  }
}
