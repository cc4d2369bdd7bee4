package io.tercet.http.buffer;

import java.util.concurrent.atomic.AtomicLong;

/// How much memory all that is unfinished may take together, and how much it takes: heads and
/// bodies that have come in part, trailers, answers that clients do not take, and their requests if
/// a log waits to tell of them.
///
/// A body gives back what it took when the answer to its request has left, because that may be the
/// body again.
///
/// Threading: shared by all.
public final class MemoryBudget {
  /// 16 MiB: a quarter of the heap that the server is started with.
  public static final int BYTES_MAX = 16 * 1024 * 1024;

  private final long bytesMax;
  private final AtomicLong taken = new AtomicLong();

  /// @param bytesMax for all conversations together; past it 503, or the end of a connection whose
  ///     client takes nothing
  public MemoryBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// How many bytes are taken now.
  public long taken() {
    return taken.get();
  }

  /// Takes so many more, or none and says no.
  public boolean take(long bytes) {
    // Never counted first and taken back: a large one that is refused would refuse a small one.
    long before = taken.get();
    while (bytes <= bytesMax - before) {
      if (taken.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  public void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /// Takes or gives back, for somebody who holds so many bytes and wants to hold so many in all;
  /// false, and nothing has changed, if there is no room for what is more.
  boolean exchange(long held, long wanted) {
    if (wanted > held) {
      return take(wanted - held);
    }
    if (wanted < held) {
      giveBack(held - wanted);
    }
    return true;
  }
}
