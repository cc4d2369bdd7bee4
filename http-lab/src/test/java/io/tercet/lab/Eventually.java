package io.tercet.lab;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition, generously: a loaded machine is slow, not wrong.
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Eventually() {}

  /// Returns when the condition holds; fails when it does not within half a minute.
  public static void isTrue(Callable<Boolean> condition) {
    isTrue(PATIENCE, condition);
  }

  /// The same, for what takes longer.
  public static void isTrue(Duration patience, Callable<Boolean> condition) {
    long until = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
      if (System.nanoTime() - until > 0) {
        fail("not within " + patience);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
