package io.tercet.system.kills;

import java.util.concurrent.TimeUnit;

/// Counts work that is done, so that somebody can wait for a moment in the middle of it.
///
/// - Threading: guarded by itself.
public final class Milestones {

  private int done;

  /// Waits until so much more is done than now.
  ///
  /// @throws IllegalStateException if it is not after two minutes
  public void awaitMore(int more) throws InterruptedException {
    int now;
    synchronized (this) {
      now = done;
    }
    await(now + more);
  }

  /// One more is done.
  public synchronized void reached() {
    done++;
    notifyAll();
  }

  /// Waits until so much is done.
  ///
  /// @throws IllegalStateException if it is not after two minutes
  public synchronized void await(int wanted) throws InterruptedException {
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
