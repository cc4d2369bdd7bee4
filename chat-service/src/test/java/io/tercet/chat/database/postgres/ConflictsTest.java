package io.tercet.chat.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictsTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger attempts = new AtomicInteger();

  @ParameterizedTest
  @CsvSource({"40001,serialization", "40P01,deadlock"})
  void runsATransactionAgainThatAnotherOneUndid(String state, String kind) {
    Conflicts conflicts = new Conflicts(5, LONG, registry);
    assertThat(
            conflicts.<String>retry(() -> {
              if (attempts.incrementAndGet() < 3) {
                throw failure(state);
              }
              return "done";
            }))
        .isEqualTo("done");
    assertThat(attempts).hasValue(3);
    assertThat(registry.get("tercet.database.conflicts").tag("kind", kind).counter().count())
        .isEqualTo(2);
    assertThat(givenUp()).isZero();
  }

  @Test
  void givesUpAfterSoManyAttemptsAndSaysWhenToTryAgain() {
    assertGivenUp(new Conflicts(4, LONG, registry), 4);
  }

  @Test
  void beginsNoAttemptAfterItsTime() {
    assertGivenUp(new Conflicts(1_000_000, Duration.ZERO, registry), 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "08006", "57P01", "40003"})
  void repeatsNothingElse(String state) {
    RuntimeException failure = failure(state);
    assertThatThrownBy(() ->
            new Conflicts(5, LONG, registry)
                .retry(() -> {
                  attempts.incrementAndGet();
                  throw failure;
                }))
        .isSameAs(failure);
    assertThat(attempts).hasValue(1);
  }

  private void assertGivenUp(Conflicts conflicts, int expected) {
    assertThatThrownBy(() ->
            conflicts.retry(() -> {
              attempts.incrementAndGet();
              throw failure("40001");
            }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE);
              assertThat(problem.retryAfterSeconds()).hasValue(1);
            });
    assertThat(attempts).hasValue(expected);
    assertThat(givenUp()).isEqualTo(1);
  }

  private double givenUp() {
    return registry.get("tercet.database.conflicts.given.up").counter().count();
  }

  private static RuntimeException failure(String state) {
    return new IllegalStateException(new SQLException("", state));
  }
}
