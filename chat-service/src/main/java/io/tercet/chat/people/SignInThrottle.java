package io.tercet.chat.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.rate.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/// Slows down who guesses a password: after some failed sign-ins for a name from one network, each
/// next one must wait twice as long. Another name and another network wait for nothing, so nobody
/// can keep a person out who signs in from elsewhere.
///
/// An attempt counts as failed when it begins; success takes all back. So attempts at the same time
/// count, too.
///
/// Replicas that share a Valkey count together. While it is away each goes on from what it saw
/// last.
///
/// - Bounds: at most [PeopleSettings#attemptsKept] pairs of name and network; the least used are
///   forgotten.
/// - Threading: any thread; a check and its count are one step.
@Component
class SignInThrottle {

  private final PeopleSettings settings;
  private final SharedFailures shared;
  private final InstantSource clock;
  private final Cache<Target, Failures> failures;

  private record Target(String nameKey, ClientNetwork network) {}

  private record Failures(int count, Instant nextAt) {}

  SignInThrottle(PeopleSettings settings, SharedFailures shared, InstantSource clock) {
    this.settings = settings;
    this.shared = shared;
    this.clock = clock;
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(settings.attemptsKept())
            .expireAfterWrite(settings.attemptsForgottenAfter())
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
  }

  /// Counts an attempt. Throws `too-many-attempts` before its time has come.
  void begin(String nameKey, String address) {
    Target target = new Target(nameKey, ClientNetwork.of(address));
    Optional<SharedFailures.Verdict> verdict = shared.begin(nameKey, target.network());
    if (verdict.isEmpty()) {
      beginAlone(target);
      return;
    }
    Duration wait = verdict.get().pause();
    failures.put(target, failures(verdict.get().count(), wait));
    if (!verdict.get().begins()) {
      throw tooMany(wait);
    }
  }

  private void beginAlone(Target counted) {
    failures
        .asMap()
        .compute(
            counted,
            (target, before) -> {
              Instant now = clock.instant();
              if (before != null && now.isBefore(before.nextAt())) {
                throw tooMany(Duration.between(now, before.nextAt()));
              }
              int count = before == null ? 1 : before.count() + 1;
              return failures(count, wait(count));
            });
  }

  /// Without a wait, the clock does not matter: it may have been set back meanwhile.
  private Failures failures(int count, Duration wait) {
    return new Failures(count, wait.isZero() ? Instant.MIN : clock.instant().plus(wait));
  }

  /// Forgets the failed attempts for a name from this network.
  void succeeded(String nameKey, String address) {
    Target target = new Target(nameKey, ClientNetwork.of(address));
    shared.succeeded(nameKey, target.network());
    failures.invalidate(target);
  }

  /// How many pairs of name and network are counted now.
  long counts() {
    failures.cleanUp();
    return failures.estimatedSize();
  }

  private Duration wait(int count) {
    Duration wait = settings.attemptsWaitFirst();
    if (count < settings.attemptsMax()) {
      return Duration.ZERO;
    }
    for (int i = settings.attemptsMax(); i < count; i++) {
      if (wait.compareTo(settings.attemptsWaitMax()) >= 0) {
        break;
      }
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(settings.attemptsWaitMax()) < 0 ? wait : settings.attemptsWaitMax();
  }

  private static ProblemException tooMany(Duration wait) {
    return new ProblemException(
        ProblemType.TOO_MANY_ATTEMPTS, "Too many wrong passwords for this name from here.", wait);
  }
}
