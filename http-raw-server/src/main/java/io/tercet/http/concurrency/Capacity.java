package io.tercet.http.concurrency;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections a server may have, and how many it has, in all its models together.
///
/// Refused connections are counted apart: a refused connection does not use a slot.
///
/// Threading: shared by all threads.
public final class Capacity {
  /// Connections that may linger at once after they were told that they are refused.
  static final int REFUSALS_MAX = 256;

  private final int connectionsMax;
  private final AtomicInteger admitted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /// @param connectionsMax at once, in all models together; past it 503
  public Capacity(int connectionsMax) {
    if (connectionsMax < 1) {
      throw new IllegalArgumentException("no connection at all: " + connectionsMax);
    }
    this.connectionsMax = connectionsMax;
  }

  /// How many connections are open now, refused ones included.
  public int open() {
    return admitted.get() + refused.get();
  }

  int connectionsMax() {
    return connectionsMax;
  }

  /// Whether the server can neither serve one more connection nor let one more refused one linger.
  boolean isFull() {
    return admitted.get() >= connectionsMax && refused.get() >= REFUSALS_MAX;
  }

  /// Takes a slot for one more connection; false, and nothing is counted, if none is free.
  boolean enter() {
    // To count first and take back later would, for a moment, refuse another that fits.
    int before = admitted.get();
    while (before < connectionsMax) {
      if (admitted.compareAndSet(before, before + 1)) {
        return true;
      }
      before = admitted.get();
    }
    return false;
  }

  void leave() {
    admitted.decrementAndGet();
  }

  /// Counts one more refused connection; false if it must end at once, because too many linger.
  boolean enterRefused() {
    return refused.getAndIncrement() < REFUSALS_MAX;
  }

  void leaveRefused() {
    refused.decrementAndGet();
  }
}
