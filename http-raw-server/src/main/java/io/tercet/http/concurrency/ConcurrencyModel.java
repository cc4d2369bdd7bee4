package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// How connections get threads: one thread for each, a pool, an event loop, other processes. A
/// model is started once and stopped once. Before it is started it holds no descriptor and no
/// thread.
///
/// A model borrows its listeners and never closes them. So the connections that are queued when it
/// stops are served by the model that accepts next.
///
/// Threading: started, retired and stopped by one thread at a time.
public interface ConcurrencyModel {

  /// What it is called on the command line.
  String name();

  /// Begins to accept from these listeners, and returns. An interrupt ends a start that takes long.
  ///
  /// If it throws, nothing of the model is left, and it has accepted no connection.
  ///
  /// @throws IOException if it cannot start, with the reason
  /// @throws IllegalStateException if the system has no descriptor for it, or only too large ones
  /// @throws OutOfMemoryError if the system has no thread for it
  void start(List<Listener> listeners) throws IOException;

  /// Stops accepting, soon, and serves its connections until they end by themselves. With the last
  /// one its threads end, and it closes what it has open.
  void retire();

  /// Whether it was retired or stopped and its last connection has ended.
  boolean isOver();

  /// Stops accepting, at the latest when its listeners refuse; lets the requests finish that have
  /// begun; closes the rest when the time is over. Returns when the last connection is closed.
  ///
  /// @return whether every connection finished in time
  boolean stop(Duration drain);
}
