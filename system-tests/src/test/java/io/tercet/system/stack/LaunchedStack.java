package io.tercet.system.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A stack of our own: started as a person starts it, ended with the run.
///
/// Its output is `system-tests/target/stack/tercet.log`, its data lies beside that.
final class LaunchedStack implements StackUnderTest, Processes {

  private static final String DATA = "data-";
  private static final Duration STOP = Duration.ofSeconds(40);
  private static final Duration DEATH = Duration.ofSeconds(20);

  private final Process launcher;
  private final FrontDoor frontDoor;
  private final Stack stack;
  private final Thread stopOnExit = new Thread(this::stop, "stop-stack");

  private LaunchedStack(Process launcher, Ports ports) {
    this.launcher = launcher;
    URI origin = URI.create("http://localhost:" + ports.at(0));
    this.frontDoor = new FrontDoor(origin);
    this.stack =
        new Stack(
            origin,
            new InetSocketAddress("127.0.0.1", ports.at(8)),
            Optional.of(new InetSocketAddress("127.0.0.1", ports.at(3))),
            Optional.of(this));
  }

  static LaunchedStack start() {
    Path folder = StackUnderTest.root().resolve("system-tests/target/stack");
    Path log = folder.resolve("tercet.log");
    Ports ports = Ports.free();
    try {
      Files.createDirectories(folder);
      deleteLeftData(folder);
      Path data = Files.createTempDirectory(folder, DATA);
      ProcessBuilder builder = new ProcessBuilder("bin/tercet", "run", "--follow");
      builder.directory(StackUnderTest.root().toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
      builder.environment().putAll(settings(ports, data));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      LaunchedStack started = new LaunchedStack(builder.start(), ports);
      Runtime.getRuntime().addShutdownHook(started.stopOnExit);
      started.awaitReady(log);
      return started;
    } catch (IOException failed) {
      throw new UncheckedIOException("bin/tercet run could not be started", failed);
    }
  }

  /// The last run's data stays to be looked at until the next one begins.
  private static void deleteLeftData(Path folder) throws IOException {
    try (Stream<Path> left = Files.walk(folder)) {
      left.filter(path -> folder.relativize(path).toString().startsWith(DATA))
          .sorted(Comparator.reverseOrder())
          .map(Path::toFile)
          .forEach(File::delete);
    }
  }

  private static Map<String, String> settings(Ports ports, Path data) {
    return Map.ofEntries(
        Map.entry("TERCET_SETTINGS", "/dev/null"),
        Map.entry("TERCET_DATA", data.toString()),
        // Every test comes from the same address.
        Map.entry("TERCET_RATE_FACTOR", "1000"),
        // So that a test can publish too much.
        Map.entry("TERCET_QUOTA_SITE", "20MB"),
        Map.entry("TERCET_PORT", "" + ports.at(0)),
        Map.entry("TERCET_CHAT_PORT", "" + ports.at(1)),
        Map.entry("TERCET_FILES_PORT", "" + ports.at(2)),
        Map.entry("TERCET_PAGES_PORT", "" + ports.at(3)),
        Map.entry("TERCET_GATEWAY_MANAGEMENT_PORT", "" + ports.at(4)),
        Map.entry("TERCET_CHAT_MANAGEMENT_PORT", "" + ports.at(5)),
        Map.entry("TERCET_FILES_MANAGEMENT_PORT", "" + ports.at(6)),
        Map.entry("TERCET_PAGES_MANAGEMENT_PORT", "" + ports.at(7)),
        Map.entry("TERCET_FTP_PORT", "" + ports.at(8)),
        Map.entry("TERCET_FTP_PASSIVE_PORTS", ports.at(9) + "-" + ports.at(18)));
  }

  private void awaitReady(Path log) throws IOException {
    try {
      frontDoor.awaitOpen(() -> !launcher.isAlive());
    } catch (RuntimeException late) {
      close();
      throw new IllegalStateException("The stack is not ready. It said:\n" + tail(log), late);
    }
    if (!launcher.isAlive()) {
      throw new IllegalStateException("bin/tercet run ended. It said:\n" + tail(log));
    }
  }

  private static String tail(Path log) throws IOException {
    String said = Files.readString(log);
    return said.substring(Math.max(0, said.length() - 4_000));
  }

  @Override
  public Stack stack() {
    return stack;
  }

  @Override
  public void kill(Service service) {
    ProcessHandle process =
        launcher
            .descendants()
            .filter(candidate -> runs(candidate, service))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no process of " + service.folder()));
    process.destroyForcibly();
    process.onExit().orTimeout(DEATH.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static boolean runs(ProcessHandle process, Service service) {
    ProcessHandle.Info info = process.info();
    boolean java = info.command().filter(command -> command.endsWith("/java")).isPresent();
    return java
        && Stream.of(info.arguments().orElse(new String[0]))
            .anyMatch(argument -> argument.endsWith(service.folder() + ".jar"));
  }

  @Override
  public void awaitAnswering(Service service) {
    frontDoor.awaitAnswering(service);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(stopOnExit);
    stop();
  }

  /// Ends the launcher as Ctrl-C does; what is left of it after that is killed.
  private void stop() {
    ProcessHandle[] descendants = launcher.descendants().toArray(ProcessHandle[]::new);
    launcher.destroy();
    try {
      if (!launcher.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        launcher.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    Stream.of(descendants).forEach(ProcessHandle::destroyForcibly);
  }
}
