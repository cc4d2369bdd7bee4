package io.tercet.http.program;

import io.tercet.http.connection.AccessLog;
import io.tercet.http.message.Handler;
import io.tercet.http.server.RunningServer;
import io.tercet.http.settings.Additions;
import io.tercet.http.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What another program adds to http-raw-server. One extension belongs to one run of
/// [Program#run].
///
/// Threading: the thread that starts the program calls each method, in the order below. The
/// handlers and the log that it returns are used by all threads that serve.
public interface Extension {

  /// What it adds to the command line.
  Additions additions();

  /// Runs a command of its own, such as one that serves nothing and ends.
  ///
  /// @param words of the command line
  /// @return false if the words are meant for the server
  /// @throws StartException if the command cannot do its work
  default boolean runCommand(List<String> words) throws StartException, InterruptedException {
    return false;
  }

  /// The handler of a name in [Additions#handlers]. In a worker process, too.
  default Handler handler(String name) {
    throw new IllegalArgumentException("there is no handler " + name);
  }

  /// What hears of each answer of the server.
  ///
  /// @param log the access log; null if none is written
  /// @return that log, or one that hands everything on to it
  default @Nullable AccessLog watchAnswers(Settings settings, @Nullable AccessLog log) {
    return log;
  }

  /// The handler of the management port. It is asked only if there is such a port, when the server
  /// serves.
  ///
  /// @param health answers `/health/live`, `/health/ready` and `/metrics`
  /// @throws StartException if something that the settings name cannot be used
  default Handler management(RunningServer server, Settings settings, Handler health)
      throws StartException {
    return health;
  }

  /// Adds nothing.
  static Extension none() {
    return () -> Additions.NONE;
  }
}
