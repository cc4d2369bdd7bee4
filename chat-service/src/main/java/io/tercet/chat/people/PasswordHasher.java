package io.tercet.chat.people;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/// Hashes and checks passwords with Argon2id: 19 MiB, two passes, one lane.
///
/// - Bounds: at most [PeopleSettings#hashesAtOnce] run at a time, since each takes memory and a
///   core. Others wait at most [PeopleSettings#hashWaitMax]; then they get `service-unavailable`.
/// - Threading: any thread.
///
/// Source: RFC 9106; the OWASP password storage recommendation for Argon2id.
@Component
class PasswordHasher {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;

  /// A hash that no password has. A comparison with it takes as long as with a real one.
  private static final String DUMMY_HASH =
      "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
          + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final Argon2PasswordEncoder argon2 =
      new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
  private final Semaphore permits;
  private final PeopleSettings settings;

  PasswordHasher(PeopleSettings settings) {
    this.settings = settings;
    this.permits = new Semaphore(settings.hashesAtOnce(), true);
  }

  String hash(String password) {
    return withPermit(() -> argon2.encode(password));
  }

  /// Whether the hash is of this password. A missing hash takes as long as a wrong one.
  ///
  /// @param atItsTurn runs before the comparison; if it throws, nothing is compared
  /// @param whenRight runs if the password is right, before the turn ends
  boolean matches(String password, @Nullable String hash, Runnable atItsTurn, Runnable whenRight) {
    return withPermit(() -> {
      atItsTurn.run();
      boolean right = argon2.matches(password, hash == null ? DUMMY_HASH : hash);
      if (right) {
        whenRight.run();
      }
      return right;
    });
  }

  private <T> T withPermit(Supplier<T> work) {
    try {
      if (!permits.tryAcquire(settings.hashWaitMax().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new ProblemException(
            ProblemType.SERVICE_UNAVAILABLE, "Too many people are signing in.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE, "Interrupted while waiting.");
    }
    try {
      return work.get();
    } finally {
      permits.release();
    }
  }
}
