package io.tercet.http.file;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// How many may do at once what takes memory while it is done; others wait until one is done.
///
/// Event loops are few anyway. But a model with a thread for each connection may have a thousand
/// threads that wait for the same disk, each with the content of a file in its hands.
///
/// Threading: any. Whoever is inside must not come in once more.
public final class ConcurrencyLimit {
  private final Semaphore places;

  public ConcurrencyLimit(int max) {
    places = new Semaphore(max);
  }

  public <T> T run(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
