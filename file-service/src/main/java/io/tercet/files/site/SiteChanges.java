package io.tercet.files.site;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Where those who ask for changes of sites wait for the next one.
///
/// Stops before the web server does: whoever waits is let go, so that a stop waits for nobody.
///
/// - Threading: guarded by `lock`.
@Component
class SiteChanges implements SmartLifecycle {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;
  private boolean running;

  /// How many changes there were; to be read before the state that they changed.
  long count() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  void signal() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there was another change than `known`, or this stops, or the time is over.
  void await(long known, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (running && changes == known && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start() {
    setRunning(true);
  }

  @Override
  public void stop() {
    setRunning(false);
  }

  private void setRunning(boolean value) {
    lock.lock();
    try {
      running = value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isRunning() {
    lock.lock();
    try {
      return running;
    } finally {
      lock.unlock();
    }
  }
}
