package io.tercet.http.process;

import io.tercet.http.readiness.Listener;
import java.io.IOException;
import java.util.List;

/// Starts processes that inherit a listening socket.
public interface Spawner {
  /// The descriptor of the listener in every worker.
  int LISTENER_FD = 4;

  /// The descriptor that a worker writes its metrics to.
  int FIGURES_FD = 3;

  /// Starts a process whose standard input brings orders, whose descriptor [#FIGURES_FD] takes
  /// metrics, and whose descriptor [#LISTENER_FD] is this listener. It inherits nothing else but
  /// standard output and error.
  ///
  /// @param command the program's path and its arguments
  /// @throws IOException with the system's reason
  ChildProcess spawn(List<String> command, Listener listener) throws IOException;
}
