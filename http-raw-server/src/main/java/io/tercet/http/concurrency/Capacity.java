package io.tercet.http.concurrency;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there may be at once, and how many there are: of a server, whichever of its
/// models serves them.
///
/// Those that are being refused are counted apart, so that they take nobody's place.
///
/// Threading: shared by all.
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

  /// How many connections are open now, those that are being refused included.
  public int open() {
    return admitted.get() + refused.get();
  }

  int connectionsMax() {
    return connectionsMax;
  }

  /// Whether one more would neither be served nor be told so at leisure.
  boolean isFull() {
    return admitted.get() >= connectionsMax && refused.get() >= REFUSALS_MAX;
  }

  /// Counts one more that is served; false, and not counted, if there is no room for it.
  boolean enter() {
    // Never counted first and taken back: one that is refused would refuse another that fits.
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

  /// Counts one more that is refused; false if so many are already that it must end at once.
  boolean enterRefused() {
    return refused.getAndIncrement() < REFUSALS_MAX;
  }

  void leaveRefused() {
    refused.decrementAndGet();
  }
}
