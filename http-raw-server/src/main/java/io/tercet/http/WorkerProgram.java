package io.tercet.http;

import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.EventLoops;
import io.tercet.http.connection.Observer;
import io.tercet.http.connection.Protocol;
import io.tercet.http.posix.PosixNetwork;
import io.tercet.http.posix.PosixSpawner;
import io.tercet.http.readiness.Network;
import io.tercet.http.settings.CommandLine;
import io.tercet.http.settings.Settings;
import io.tercet.http.worker.Tally;
import io.tercet.http.worker.Worker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// This program as a worker of the model `processes`: the same pages, from a listener that it
/// inherited.
final class WorkerProgram {
  private static final System.Logger LOG = System.getLogger(WorkerProgram.class.getName());

  private WorkerProgram() {}

  /// The command that started this process, for a worker of this number.
  static List<String> command(int number) {
    ProcessHandle.Info own = ProcessHandle.current().info();
    List<String> command = new ArrayList<>();
    command.add(own.command().orElseThrow());
    Arrays.stream(own.arguments().orElseThrow())
        // A rehearsal writes one cache, not one for each process.
        .filter(argument -> !argument.startsWith("-XX:AOTCacheOutput"))
        .forEach(command::add);
    command.add(CommandLine.WORKER);
    command.add(Integer.toString(number));
    return command;
  }

  /// Serves until the supervisor ends it; the exit status is 0 if all that had begun was finished.
  static int run(Settings settings) {
    Tally tally = new Tally(failures());
    try {
      Protocol pages = Program.pagesFor(settings, tally);
      int share = settings.bounds().connectionsMax() / Runtime.getRuntime().availableProcessors();
      EventLoops loop =
          new EventLoops(
              Network.Kind.EPOLL, pages, new PosixNetwork(), new Capacity(Math.max(1, share)));
      boolean finished =
          Worker.run(
              loop, tally, PosixSpawner.inheritedListener(), System.in, PosixSpawner.figures());
      return finished ? 0 : 1;
    } catch (CannotStart | IOException failure) {
      System.err.println("http-raw-server: worker: " + failure.getMessage());
      return 1;
    }
  }

  private static Observer failures() {
    return new Observer() {
      @Override
      public void failed(RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "answer request failed", failure);
      }
    };
  }
}
