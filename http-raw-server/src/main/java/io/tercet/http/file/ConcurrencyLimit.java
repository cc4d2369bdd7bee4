package io.tercet.http.file;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Limits how many threads do at once what takes memory while it is done; the others wait.
///
/// Event loops are few anyway. A model with a thread for each connection may have a thousand
/// threads that wait for the same disk, and each of them would hold the content of a file.
///
/// Threading: any. Work that runs must not ask for another place.
public final class ConcurrencyLimit {
  private final Semaphore places;

  /// @param max how many threads work at once
  public ConcurrencyLimit(int max) {
    places = new Semaphore(max);
  }

  /// Does the work, once there is a place.
  public <T> T run(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
