package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

  private Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final PeopleSettings settings =
      new PeopleSettings(
          true, Duration.ofDays(30), 2, Duration.ofSeconds(10), 3, 5, Duration.ofMinutes(5));
  private final SignInThrottle attempts = new SignInThrottle(settings, () -> now);

  @Test
  void refusesAfterTheLimitUntilTheWindowHasPassed() {
    fail("ada", "192.0.2.1", 3);
    assertThatThrownBy(() -> attempts.begin("ada", "192.0.2.1"))
        .isInstanceOf(ProblemException.class);

    now = now.plus(settings.attemptsWindow());
    assertThatCode(() -> attempts.begin("ada", "192.0.2.1")).doesNotThrowAnyException();
  }

  @Test
  void doesNotLockSomebodyOutFromAnotherAddress() {
    fail("ada", "192.0.2.1", 3);
    assertThatCode(() -> attempts.begin("ada", "192.0.2.2")).doesNotThrowAnyException();
  }

  @Test
  void limitsOneAddressOverAllNames() {
    fail("ada", "192.0.2.1", 3);
    fail("grace", "192.0.2.1", 2);
    assertThatThrownBy(() -> attempts.begin("joan", "192.0.2.1"))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void forgetsFailuresOnceTheRightPasswordCame() {
    fail("ada", "192.0.2.1", 2);
    attempts.begin("ada", "192.0.2.1");
    attempts.succeeded("ada", "192.0.2.1");
    assertThatCode(() -> fail("ada", "192.0.2.1", 3)).doesNotThrowAnyException();
  }

  private void fail(String name, String address, int times) {
    for (int i = 0; i < times; i++) {
      attempts.begin(name, address);
    }
  }
}
