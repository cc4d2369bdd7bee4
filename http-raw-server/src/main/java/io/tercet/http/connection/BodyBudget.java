package io.tercet.http.connection;

import java.util.concurrent.atomic.AtomicLong;

/// How much memory the bodies of all requests may take together, and how much they take. A body
/// gives back what it took when the answer to its request has left, because that may be the body
/// again, or when it is over otherwise.
///
/// Threading: shared by all.
public final class BodyBudget {
  /// 16 MiB: a quarter of the heap that the server is started with.
  public static final int BYTES_MAX = 16 * 1024 * 1024;

  private final long bytesMax;
  private final AtomicLong taken = new AtomicLong();

  /// @param bytesMax for all bodies together; past it 503
  public BodyBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// How many bytes are taken now.
  public long taken() {
    return taken.get();
  }

  /// Takes so many more, or none and says no.
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }
}
