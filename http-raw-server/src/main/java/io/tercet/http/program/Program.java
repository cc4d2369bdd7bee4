package io.tercet.http.program;

import io.tercet.http.settings.CommandLine;
import io.tercet.http.settings.Settings;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What `main` of http-raw-server does, and of a program that adds an [Extension] to it.
public final class Program {
  /// The exit code of a failure inside the program: EX_SOFTWARE of sysexits(3).
  private static final int EXIT_SOFTWARE = 70;

  private final Extension extension;

  private Program(Extension extension) {
    this.extension = extension;
  }

  /// Serves until the process is told to stop. If it cannot start, it prints one line on what to do
  /// and exits with 1.
  public static void run(String[] args, Extension extension) throws InterruptedException {
    // Before the first logger is asked for.
    System.setProperty("java.util.logging.manager", ShutdownSafeLogging.class.getName());
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n");
    Thread.setDefaultUncaughtExceptionHandler(Program::crash);
    try {
      if (!extension.runCommand(List.of(args))) {
        new Program(extension).run(args);
      }
    } catch (StartException cause) {
      exit(cause.getMessage());
    }
  }

  private void run(String[] args) throws StartException, InterruptedException {
    switch (CommandLine.read(args, System.getenv(), extension.additions())) {
      case CommandLine.Tell(String text) -> System.out.print(text);
      case CommandLine.Wrong(String line) -> exit(line);
      case CommandLine.Serve(Settings settings) -> serve(settings);
    }
  }

  private void serve(Settings settings) throws StartException, InterruptedException {
    if (settings.worker().isPresent()) {
      WorkerProgram.run(settings, extension);
      return;
    }
    ProgramLifecycle program = ProgramLifecycle.start(settings, extension);
    Runtime.getRuntime().addShutdownHook(new Thread(program::stop, "stop"));
    program.announce();
    new CountDownLatch(1).await();
  }

  /// An uncaught exception on any thread ends the process. A supervisor restarts a process; nobody
  /// would notice that one event loop is missing.
  private static void crash(Thread thread, Throwable failure) {
    System.err.println("http-raw-server: thread " + thread.getName() + " failed");
    failure.printStackTrace();
    Runtime.getRuntime().halt(EXIT_SOFTWARE);
  }

  private static void exit(@Nullable String line) {
    System.err.println("http-raw-server: " + line);
    System.exit(1);
  }
}
