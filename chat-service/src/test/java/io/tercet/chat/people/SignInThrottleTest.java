package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.valkey.Valkey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInThrottleTest {

  private static final String HERE = "192.0.2.1";
  private static final Valkey ALONE = mock(Valkey.class, withSettings().stubOnly());

  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final SignInThrottle throttle =
      new SignInThrottle(settings(100), new SharedFailures(ALONE, settings(100)), () -> now);

  @Test
  void makesEachNextAttemptWaitTwiceAsLongUpToALongestWait() {
    fail("ada", HERE, 3);

    for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
      assertThat(wait("ada", HERE)).isEqualTo(seconds);
      now = now.plusSeconds(seconds).minusMillis(1);
      assertThat(wait("ada", HERE)).isEqualTo(1);
      now = now.plusMillis(1);
      throttle.begin("ada", HERE);
    }
  }

  @Test
  void holdsUpNoEarlyAttemptWhoseClockIsBehindThatOfAnother() {
    throttle.begin("ada", HERE);
    now = now.minusMillis(1);

    assertThatCode(() -> throttle.begin("ada", HERE)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.2", "2001:db8::1", ""})
  void keepsNobodyOutWhoSignsInFromElsewhere(String elsewhere) {
    fail("ada", HERE, 3);

    assertThatCode(() -> throttle.begin("ada", elsewhere)).doesNotThrowAnyException();
  }

  @Test
  void keepsNobodyOutWhoHasAnotherName() {
    fail("ada", HERE, 3);

    assertThatCode(() -> throttle.begin("grace", HERE)).doesNotThrowAnyException();
  }

  @Test
  void takesTheAddressesOfOneNetworkForOne() {
    throttle.begin("ada", "2001:db8:1:2::1");
    throttle.begin("ada", "2001:db8:1:2:ffff::2");
    throttle.begin("ada", "[2001:db8:1:2::3]");

    assertThat(wait("ada", "2001:db8:1:2::4")).isEqualTo(2);
    assertThatCode(() -> throttle.begin("ada", "2001:db8:1:3::1")).doesNotThrowAnyException();
  }

  @Test
  void forgetsAllOnceTheRightPasswordCame() {
    fail("ada", HERE, 2);
    throttle.begin("ada", HERE);
    throttle.succeeded("ada", HERE);

    assertThatCode(() -> fail("ada", HERE, 3)).doesNotThrowAnyException();
  }

  @Test
  void forgetsAllAfterATimeWithoutFailure() {
    fail("ada", HERE, 3);
    now = now.plus(Duration.ofMinutes(1));

    assertThatCode(() -> fail("ada", HERE, 3)).doesNotThrowAnyException();
  }

  @Test
  void keepsABoundedNumberOfCounts() {
    SignInThrottle small =
        new SignInThrottle(settings(10), new SharedFailures(ALONE, settings(10)), () -> now);
    for (int i = 0; i < 10_000; i++) {
      small.begin("name-" + i, HERE);
    }

    assertThat(small.counts()).isLessThanOrEqualTo(10);
  }

  @Test
  void mustRememberAtLeastAsLongAsTheLongestWait() {
    assertThatThrownBy(() ->
            new PeopleSettings(
                true,
                Duration.ofDays(30),
                2,
                Duration.ofSeconds(10),
                3,
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(29),
                10,
                10,
                Duration.ofMillis(200)))
        .hasMessageContaining("attempts-forgotten-after");
  }

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      throttle.begin(name, address);
    }
  }

  private long wait(String name, String address) {
    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> throttle.begin(name, address));
    assertThat(refusal.type()).isEqualTo(ProblemType.TOO_MANY_ATTEMPTS);
    assertThat(refusal.detail())
        .endsWith("Try again in " + refusal.retryAfterSeconds().orElseThrow() + " s.");
    return refusal.retryAfterSeconds().orElseThrow();
  }

  private static PeopleSettings settings(int kept) {
    return new PeopleSettings(
        true,
        Duration.ofDays(30),
        2,
        Duration.ofSeconds(10),
        3,
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        kept,
        10,
        Duration.ofMillis(200));
  }
}
