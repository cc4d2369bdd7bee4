package io.tercet.http.concurrency;

import io.tercet.http.readiness.Listener;
import java.time.Duration;
import java.util.List;

/// Who gets a thread, and who waits for which socket. Started once, stopped once.
///
/// A model borrows its listeners: it never closes them, so connections that are queued when it
/// stops are served by whatever accepts next.
public interface ConcurrencyModel {

  /// What it is called on the command line.
  String name();

  /// Begins to accept from these listeners, and returns.
  void start(List<Listener> listeners);

  /// Stops to accept, lets what has begun finish, closes the rest when the time is over, and
  /// returns when the last connection is closed.
  ///
  /// @return whether everything finished in time
  boolean stop(Duration drain);
}
