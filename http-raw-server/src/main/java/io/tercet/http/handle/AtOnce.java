package io.tercet.http.handle;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// How many may do at once what takes memory while it is done; others wait until one is done.
///
/// Event loops are few anyway. But a model with a thread for each connection may have a thousand
/// threads that wait for the same disk, each with the content of a file in its hands.
///
/// Threading: any. Whoever is inside must not come in once more.
final class AtOnce {
  private final Semaphore places;

  AtOnce(int max) {
    places = new Semaphore(max);
  }

  <T> T run(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
