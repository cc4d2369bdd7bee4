package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.valkey.Valkey;
import io.tercet.chat.valkey.ValkeyServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two replicas over one Valkey.
@Tag("docker")
class SharedFailuresTest {

  private static final String HERE = "192.0.2.1";
  private static final int ATTEMPTS_MAX = 4;
  private static final Duration WAIT_FIRST = Duration.ofSeconds(1);
  private static final Duration WAIT_MAX = Duration.ofSeconds(3);
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

  private static ValkeyServer server;
  private Valkey one;
  private Valkey two;
  private SignInThrottle atOne;
  private SignInThrottle atTwo;

  @BeforeAll
  static void startServer() {
    server = ValkeyServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() {
    server.run("FLUSHALL");
    one = server.connect();
    two = server.connect();
    atOne = throttle(one);
    atTwo = throttle(two);
  }

  @AfterEach
  void stop() {
    one.stop();
    two.stop();
  }

  @Test
  void countTheAttemptsAtAllReplicasTogether() {
    atOne.begin("ada", HERE);
    atTwo.begin("ada", HERE);
    atOne.begin("ada", HERE);
    atTwo.begin("ada", HERE);

    assertThat(refusal(atOne).retryAfterSeconds()).hasValue(1);
    assertThat(refusal(atTwo).type()).isEqualTo(ProblemType.TOO_MANY_ATTEMPTS);
    assertThatCode(() -> atTwo.begin("ada", "192.0.2.2")).doesNotThrowAnyException();
    assertThatCode(() -> atTwo.begin("grace", HERE)).doesNotThrowAnyException();
  }

  @Test
  void makeEachNextAttemptWaitTwiceAsLongUpToALongestWait() {
    fail(ATTEMPTS_MAX);
    for (int seconds : new int[] {1, 2, 3, 3}) {
      assertThat(refusal(atTwo).retryAfterSeconds().orElseThrow())
          .isBetween(Math.max(1L, seconds - 1), (long) seconds);
      await().atMost(WAIT_MAX.multipliedBy(2)).until(() -> begins(atOne));
    }
  }

  @Test
  void areForgottenOnceTheRightPasswordCameAnywhere() {
    fail(ATTEMPTS_MAX - 1);
    atTwo.begin("ada", HERE);
    atTwo.succeeded("ada", HERE);
    await().until(() -> server.run("KEYS", "tercet:sign-in:*").isBlank());

    assertThatCode(() -> fail(ATTEMPTS_MAX)).doesNotThrowAnyException();
  }

  @Test
  void expireAndNameNobody() {
    fail(2);
    String key = server.run("KEYS", "tercet:sign-in:*").strip();

    assertThat(key).startsWith("tercet:sign-in:").doesNotContain("ada", HERE).hasSize(58);
    assertThat(Long.parseLong(server.run("PTTL", key).strip()))
        .isBetween(1L, FORGOTTEN_AFTER.toMillis());
  }

  @Test
  void letNoAttemptThroughThatBeginsAtTheSameTime() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    Thread[] threads = new Thread[40];
    for (int i = 0; i < threads.length; i++) {
      SignInThrottle replica = i % 2 == 0 ? atOne : atTwo;
      threads[i] =
          Thread.startVirtualThread(() -> {
            if (begins(replica)) {
              begun.incrementAndGet();
            }
          });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(begun.get()).isBetween(ATTEMPTS_MAX, ATTEMPTS_MAX + 1);
  }

  @Test
  void goOnAtEachReplicaFromWhatItSawLastWhileValkeyIsAway() {
    atTwo.begin("ada", HERE);
    fail(ATTEMPTS_MAX - 1);
    one.stop();

    assertThat(refusal(atOne).retryAfterSeconds().orElseThrow()).isPositive();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      atOne.begin("ada", HERE);
    }
  }

  private static boolean begins(SignInThrottle throttle) {
    try {
      throttle.begin("ada", HERE);
      return true;
    } catch (ProblemException tooMany) {
      return false;
    }
  }

  private static ProblemException refusal(SignInThrottle throttle) {
    return catchThrowableOfType(ProblemException.class, () -> throttle.begin("ada", HERE));
  }

  private static SignInThrottle throttle(Valkey valkey) {
    PeopleSettings settings =
        new PeopleSettings(
            true,
            Duration.ofDays(30),
            2,
            Duration.ofSeconds(10),
            ATTEMPTS_MAX,
            WAIT_FIRST,
            WAIT_MAX,
            FORGOTTEN_AFTER,
            100,
            10,
            Duration.ofSeconds(10));
    return new SignInThrottle(
        settings, new SharedFailures(valkey, settings), InstantSource.system());
  }
}
