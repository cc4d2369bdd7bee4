package io.tercet.http;

import io.tercet.http.settings.CommandLine;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Starts http-raw-server.
public final class Main {

  private Main() {}

  /// Serves until it is told to stop, or compares. Exit code 1 and one line on what to do, if it
  /// cannot start.
  public static void main(String[] args) throws InterruptedException {
    System.setProperty("java.util.logging.manager", LastingLogs.class.getName());
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
    Thread.setDefaultUncaughtExceptionHandler(Main::crash);
    switch (CommandLine.read(args, System.getenv())) {
      case CommandLine.Tell(String text) -> System.out.print(text);
      case CommandLine.Wrong(String line) -> leave(line);
      case CommandLine.Compare(var settings) -> {
        try {
          new Comparing(settings).run();
        } catch (CannotStart cause) {
          leave(cause.getMessage());
        }
      }
      case CommandLine.Serve(var settings) -> {
        if (settings.worker().isPresent()) {
          WorkerProgram.run(settings);
          return;
        }
        try {
          Program program = Program.start(settings);
          Runtime.getRuntime().addShutdownHook(new Thread(program::stop, "stop"));
        } catch (CannotStart cause) {
          leave(cause.getMessage());
        }
        new CountDownLatch(1).await();
      }
    }
  }

  /// A bug on any thread ends the program: one loop less would go unnoticed, a restart does not.
  private static void crash(Thread thread, Throwable bug) {
    System.err.println("http-raw-server: thread " + thread.getName() + " failed");
    bug.printStackTrace();
    Runtime.getRuntime().halt(70);
  }

  private static void leave(@Nullable String line) {
    System.err.println("http-raw-server: " + line);
    System.exit(1);
  }
}
