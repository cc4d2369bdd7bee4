package io.tercet.http.program;

import io.tercet.http.access.AccessLogWriter;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.loop.EventLoops;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import io.tercet.http.server.FailureLog;
import io.tercet.http.server.Platform;
import io.tercet.http.settings.Settings;
import io.tercet.http.worker.Worker;
import io.tercet.http.worker.WorkerCounters;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// This program as a worker process of the model `processes`: it serves the same content from a
/// listener that it inherited, and has neither a port of its own nor a management port.
final class WorkerProgram {
  private WorkerProgram() {}

  /// Serves until the supervisor ends it, and exits; with 0 if all open requests were finished.
  ///
  /// A signal to end may reach the supervisor and its workers at once. A worker does not act on it:
  /// the supervisor ends its workers as soon as they have finished their open requests.
  static void run(Settings settings, Extension extension) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(status.join()), "supervised"));
    int ended = serve(settings, extension);
    status.complete(ended);
    System.exit(ended);
  }

  private static int serve(Settings settings, Extension extension) {
    WorkerCounters counters = new WorkerCounters(new FailureLog());
    try (AccessLogWriter log = ProgramLifecycle.accessLog(settings);
        ServedContent content = ServedContent.of(settings, extension)) {
      ServerContext context =
          ProgramLifecycle.configuration(settings, content.handler(), counters, log).context();
      int share = settings.bounds().connectionsMax() / Runtime.getRuntime().availableProcessors();
      EventLoops loop =
          new EventLoops(
              Network.Kind.EPOLL, context, Platform.network(), new Capacity(Math.max(1, share)));
      content.start();
      boolean finished =
          Worker.run(
              loop, counters, Platform.inheritedListener(), System.in, Platform.workerReports());
      return finished ? 0 : 1;
    } catch (StartException | IOException failure) {
      System.err.println("http-raw-server: worker: " + failure.getMessage());
      return 1;
    }
  }
}
