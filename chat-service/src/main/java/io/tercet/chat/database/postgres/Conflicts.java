package io.tercet.chat.database.postgres;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs a transaction again from its beginning if the database rolled it back because of another
/// one.
///
/// - Which: serialization failure (40001, also what CockroachDB and YugabyteDB call a restart) and
///   deadlock (40P01). The database has undone everything then, a commit that failed included.
/// - Bounds: at most `attemptsMax` times in all, and none begins later than `timeMax` after the
///   first. The pauses between them double, up to [#PAUSE_MAX], and differ by chance, so that two
///   replicas do not meet again.
/// - Errors: past the bounds `service-unavailable`, with the time after which to try again; nothing
///   was written. Every other failure is thrown at once.
/// - Threading: any thread; the caller waits.
public final class Conflicts {

  private static final Logger log = LoggerFactory.getLogger(Conflicts.class);

  private static final String SERIALIZATION_FAILURE = "40001";
  private static final String DEADLOCK_DETECTED = "40P01";

  private static final Duration PAUSE_FIRST = Duration.ofMillis(4);
  private static final Duration PAUSE_MAX = Duration.ofMillis(128);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final int attemptsMax;
  private final Duration timeMax;
  private final Counter serialization;
  private final Counter deadlocks;
  private final Counter givenUp;

  public Conflicts(int attemptsMax, Duration timeMax, MeterRegistry registry) {
    this.attemptsMax = attemptsMax;
    this.timeMax = timeMax;
    this.serialization = conflicts(registry, "serialization");
    this.deadlocks = conflicts(registry, "deadlock");
    this.givenUp =
        Counter.builder("tercet.database.conflicts.given.up")
            .description("Transactions that conflicted with others until the bound on attempts")
            .register(registry);
  }

  private static Counter conflicts(MeterRegistry registry, String kind) {
    return Counter.builder("tercet.database.conflicts")
        .description("Times that the database rolled a transaction back because of another one")
        .tag("kind", kind)
        .register(registry);
  }

  /// Runs a transaction until it does not conflict.
  public <T extends @Nullable Object> T retry(Supplier<T> transaction) {
    long began = System.nanoTime();
    Duration pause = PAUSE_FIRST;
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (RuntimeException failure) {
        String state = conflict(failure);
        if (state == null) {
          throw failure;
        }
        (state.equals(DEADLOCK_DETECTED) ? deadlocks : serialization).increment();
        Duration spent = Duration.ofNanos(System.nanoTime() - began);
        if (attempt >= attemptsMax || spent.plus(pause).compareTo(timeMax) > 0) {
          givenUp.increment();
          log.warn("transaction given up: attempts={} state={}", attempt, state);
          throw new ProblemException(
              ProblemType.SERVICE_UNAVAILABLE,
              "Others write to the same place. It was not written.",
              RETRY_AFTER);
        }
        sleep(pause);
        pause = pause.compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
      }
    }
  }

  /// The state of a failure that another transaction caused.
  private static @Nullable String conflict(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && (SERIALIZATION_FAILURE.equals(sql.getSQLState())
              || DEADLOCK_DETECTED.equals(sql.getSQLState()))) {
        return sql.getSQLState();
      }
    }
    return null;
  }

  private static void sleep(Duration most) {
    try {
      Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(most.toNanos()) + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "Interrupted while waiting.");
    }
  }
}
