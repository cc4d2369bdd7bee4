package io.tercet.chat.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.valkey.Valkey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Signing in with a password.
class PeopleTest {

  private static final int ATTEMPTS_MAX = 3;
  private static final String PASSWORD = "correct horse battery";
  private static final String HERE = "192.0.2.1";

  private final Instant now = Instant.parse("2026-11-23T08:00:00Z");
  private final PeopleSettings settings =
      new PeopleSettings(
          true,
          Duration.ofDays(30),
          2,
          Duration.ofSeconds(60),
          ATTEMPTS_MAX,
          Duration.ofSeconds(2),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          100,
          10,
          Duration.ofMillis(200));
  private final PasswordHasher passwords = new PasswordHasher(settings);
  private final PeopleStore store = mock();
  private final People people =
      new People(
          store,
          passwords,
          new SignInThrottle(
              settings,
              new SharedFailures(mock(Valkey.class, withSettings().stubOnly()), settings),
              () -> now),
          settings,
          InstantSource.fixed(now));
  private final Person ada = new Person(new PersonId(UUID.randomUUID()), "ada", false);

  @BeforeEach
  void adaHasAPassword() {
    Account account = new Account(ada, passwords.hash(PASSWORD), now);
    when(store.byName(any())).thenReturn(Optional.of(account));
  }

  @Test
  void signsAProgramInThatOpensManyConnectionsAtOnce() throws Exception {
    List<Future<Person>> signedIn = atOnce(4 * ATTEMPTS_MAX, PASSWORD);

    for (Future<Person> each : signedIn) {
      assertThat(each.get()).isEqualTo(ada);
    }
  }

  @Test
  void countsWrongPasswordsThatComeAtOnce() throws Exception {
    for (Future<Person> each : atOnce(ATTEMPTS_MAX, "a wrong password")) {
      assertThatThrownBy(each::get).hasRootCauseInstanceOf(ProblemException.class);
    }

    assertThatThrownBy(() -> people.signIn("ada", PASSWORD, HERE))
        .hasMessageContaining("Too many wrong passwords");
  }

  private List<Future<Person>> atOnce(int times, String password) throws Exception {
    List<Callable<Person>> attempts = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      attempts.add(() -> people.signIn("ada", password, HERE));
    }
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      return executor.invokeAll(attempts);
    }
  }
}
