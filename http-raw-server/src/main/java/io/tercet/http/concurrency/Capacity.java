package io.tercet.http.concurrency;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there may be at once, and how many there are: of a server, whichever of its
/// models serves them.
///
/// Threading: shared by all.
public final class Capacity {
  private final int connectionsMax;
  private final AtomicInteger open = new AtomicInteger();

  /// @param connectionsMax at once, in all models together; past it 503
  public Capacity(int connectionsMax) {
    if (connectionsMax < 1) {
      throw new IllegalArgumentException("no connection at all: " + connectionsMax);
    }
    this.connectionsMax = connectionsMax;
  }

  /// How many connections are open now, those that are being refused included.
  public int open() {
    return open.get();
  }

  int connectionsMax() {
    return connectionsMax;
  }

  /// Counts one more; true if there was room for it.
  boolean enter() {
    return open.getAndIncrement() < connectionsMax;
  }

  void leave() {
    open.decrementAndGet();
  }
}
