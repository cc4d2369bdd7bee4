package io.tercet.chat.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.micrometer.core.instrument.MockClock;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.RateSettings.Rate;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RateLimiterTest {

  private static final UUID ADA = UUID.randomUUID();
  private static final UUID GRACE = UUID.randomUUID();
  private static final SharedBuckets ALONE = mock(SharedBuckets.class, withSettings().stubOnly());

  private final MockClock clock = new MockClock();
  private final RateLimiter rates = new RateLimiter(settings(1, 1000), ALONE, clock);

  @ParameterizedTest
  @EnumSource
  void allowsSoMuchAtOnceAndThenSoMuchEachMinute(Action action) {
    take(action, ADA, 5);
    assertThat(wait(action, ADA)).isEqualTo(20);

    clock.add(Duration.ofSeconds(20));
    rates.take(action, ADA);
    assertThat(wait(action, ADA)).isEqualTo(20);
  }

  @Test
  void saysAWaitThatIsTrueAndNotTooShort() {
    take(Action.POST, ADA, 5);
    clock.add(Duration.ofMillis(500));

    assertThat(wait(Action.POST, ADA)).isEqualTo(20);
    clock.add(Duration.ofMillis(19_499));
    assertThat(wait(Action.POST, ADA)).isEqualTo(1);
    clock.add(Duration.ofMillis(1));
    assertThatCode(() -> rates.take(Action.POST, ADA)).doesNotThrowAnyException();
  }

  @Test
  void tellsPeopleAndActionsApart() {
    take(Action.POST, ADA, 5);

    assertThatCode(() -> take(Action.POST, GRACE, 5)).doesNotThrowAnyException();
    assertThatCode(() -> take(Action.HISTORY, ADA, 5)).doesNotThrowAnyException();
  }

  @Test
  void takesTheAddressesOfOneNetworkForOne() {
    for (int i = 1; i <= 5; i++) {
      rates.take(Action.NEWCOMER, "2001:db8:1:2::" + i);
    }

    ProblemException refusal =
        catchThrowableOfType(
            ProblemException.class, () -> rates.take(Action.NEWCOMER, "2001:db8:1:2:9::"));
    assertThat(refusal.type()).isEqualTo(ProblemType.TOO_FAST);
    assertThatCode(() -> rates.take(Action.NEWCOMER, "2001:db8:1:3::1")).doesNotThrowAnyException();
    assertThatCode(() -> rates.take(Action.NEWCOMER, "192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void givesNothingExtraToAttemptsAtTheSameTime() throws Exception {
    AtomicInteger allowed = new AtomicInteger();
    Thread[] threads = new Thread[50];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.startVirtualThread(() -> {
            try {
              rates.take(Action.ROOM, ADA);
              allowed.incrementAndGet();
            } catch (ProblemException tooFast) {
              // One of the 45.
            }
          });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(allowed).hasValue(5);
  }

  @Test
  void isLiftedByItsFactor() {
    RateLimiter lifted = new RateLimiter(settings(1000, 1000), ALONE, clock);

    for (int i = 0; i < 5000; i++) {
      lifted.take(Action.POST, ADA);
    }
    assertThat(catchThrowableOfType(ProblemException.class, () -> lifted.take(Action.POST, ADA)))
        .isNotNull();
    clock.add(Duration.ofMillis(20));
    assertThatCode(() -> lifted.take(Action.POST, ADA)).doesNotThrowAnyException();
  }

  @Test
  void keepsABoundedNumberOfBuckets() {
    RateLimiter small = new RateLimiter(settings(1, 10), ALONE, clock);
    for (int i = 0; i < 10_000; i++) {
      small.take(Action.POST, UUID.randomUUID());
    }

    assertThat(small.buckets()).isLessThanOrEqualTo(10);
  }

  @Test
  void forgetsABucketOnlyWhenItIsFullAgain() {
    take(Action.POST, ADA, 5);
    clock.add(Duration.ofSeconds(99));
    take(Action.POST, ADA, 4);
    assertThat(wait(Action.POST, ADA)).isEqualTo(1);

    clock.add(Duration.ofSeconds(101));
    assertThat(rates.buckets()).isZero();
  }

  private void take(Action action, UUID person, int times) {
    for (int i = 0; i < times; i++) {
      rates.take(action, person);
    }
  }

  private long wait(Action action, UUID person) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> rates.take(action, person));
    assertThat(refusal.type()).isEqualTo(ProblemType.TOO_FAST);
    return refusal.retryAfterSeconds().orElseThrow();
  }

  private static RateSettings settings(int factor, int bucketsMax) {
    Rate rate = new Rate(5, 3);
    return new RateSettings(
        factor,
        bucketsMax,
        8,
        Duration.ofMillis(200),
        Duration.ofSeconds(1),
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate,
        rate);
  }
}
