package io.tercet.files.site;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Wakes the requests that wait for the next change of a site (long polling).
///
/// It stops before the web server and wakes all waiting requests, so that they do not delay the
/// stop.
///
/// - Threading: guarded by `lock`.
@Component
class SiteChanges implements SmartLifecycle {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;
  private boolean running;

  /// The number of changes so far. Read it before the state that they change.
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

  /// Waits until the count is not `known` any more, or this stops, or the time is over.
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
