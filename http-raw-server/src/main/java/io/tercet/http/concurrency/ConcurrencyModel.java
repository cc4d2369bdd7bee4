package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Who gets a thread, and who waits for which socket. Started once, stopped once. Until it is
/// started it has nothing that would have to be closed.
///
/// A model borrows its listeners: it never closes them, so connections that are queued when it
/// stops are served by whatever accepts next.
///
/// Threading: started, retired and stopped by one thread at a time.
public interface ConcurrencyModel {

  /// What it is called on the command line.
  String name();

  /// What it does that others do not.
  Set<Trait> traits();

  /// Begins to accept from these listeners, and returns. If that takes long, an interrupt ends it.
  ///
  /// Whatever it throws, nothing of it is left, and no connection was taken.
  ///
  /// @throws IOException if it cannot, with the reason
  /// @throws IllegalStateException if there are no descriptors for it, or some too large for it
  /// @throws OutOfMemoryError if the system gives no thread for it
  void start(List<Listener> listeners) throws IOException;

  /// Stops to accept, soon; connections that it has are served until they end by themselves. With
  /// the last of them its threads end, and what it has open is closed.
  void retire();

  /// Whether it was retired or stopped, and its last connection has ended.
  boolean isOver();

  /// Stops to accept, at the latest when its listeners refuse, lets what has begun finish, closes
  /// the rest when the time is over, and returns when the last connection is closed.
  ///
  /// @return whether everything finished in time
  boolean stop(Duration drain);
}
