package io.tercet.http;

import io.tercet.http.access.LogWriter;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.posix.process.PosixSpawner;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.readiness.Network;
import io.tercet.http.settings.CommandLine;
import io.tercet.http.settings.Settings;
import io.tercet.http.worker.Tally;
import io.tercet.http.worker.Worker;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// This program as a worker of the model `processes`: the same pages, from a listener that it
/// inherited.
final class WorkerProgram {
  private static final Charset NATIVE =
      Charset.forName(System.getProperty("native.encoding", "UTF-8"));

  private WorkerProgram() {}

  /// The command that started this process, without what is for its rehearsal only: a worker writes
  /// no cache. ProcessHandle knows the first 4 KiB of a command, and none that is longer.
  ///
  /// @throws IOException if the system does not tell
  static List<String> ownCommand() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of("/proc/self/exe").toRealPath().toString());
    String words = new String(Files.readAllBytes(Path.of("/proc/self/cmdline")), NATIVE);
    // Each word ends in a zero, the last one too.
    Arrays.stream(words.substring(words.indexOf(0) + 1).split("\0", -1))
        .filter(word -> !word.startsWith("-XX:AOTCacheOutput"))
        .forEach(command::add);
    command.removeLast();
    return List.copyOf(command);
  }

  /// The command for a worker of this number.
  static List<String> command(List<String> own, int number) {
    List<String> command = new ArrayList<>(own);
    command.add(CommandLine.WORKER);
    command.add(Integer.toString(number));
    return command;
  }

  /// Serves until the supervisor ends it, and exits; with 0 if all that had begun was finished.
  ///
  /// A signal to end, which may come to a whole group of processes, ends the supervisor, and that
  /// its workers, as soon as those have finished what they have begun.
  static void run(Settings settings) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(status.join()), "supervised"));
    int ended = serve(settings);
    status.complete(ended);
    System.exit(ended);
  }

  private static int serve(Settings settings) {
    Tally tally = new Tally(new Failures());
    try (LogWriter log = Program.accessLog(settings)) {
      ServerContext pages = Program.pagesFor(settings, tally, log);
      int share = settings.bounds().connectionsMax() / Runtime.getRuntime().availableProcessors();
      Network network = new PosixNetwork();
      EventLoops loop =
          new EventLoops(Network.Kind.EPOLL, pages, network, new Capacity(Math.max(1, share)));
      boolean finished =
          Worker.run(
              loop, tally, PosixSpawner.inheritedListener(), System.in, PosixSpawner.figures());
      return finished ? 0 : 1;
    } catch (CannotStart | IOException failure) {
      System.err.println("http-raw-server: worker: " + failure.getMessage());
      return 1;
    }
  }
}
