package io.tercet.system.kills;

import java.util.concurrent.TimeUnit;

/// Counts work that is done, so that somebody can wait for a moment in the middle of it.
///
/// - Threading: guarded by itself.
final class Milestones {

  private int done;

  synchronized void reached() {
    done++;
    notifyAll();
  }

  /// Waits until so much is done.
  ///
  /// @throws IllegalStateException if it is not after two minutes
  synchronized void await(int wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (done < wanted) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException("only " + done + " of " + wanted + " done");
      }
      wait(left);
    }
  }
}
