package io.tercet.system.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// `bin/tercet` as a process, run to its end or kept running.
final class Launcher implements AutoCloseable {

  static final List<String> SERVICES =
      List.of("web-gateway", "chat-service", "file-service", "http-raw-server");

  /// Generous: a busy machine may start the services one after the other.
  static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Settings settings;
  private final Process process;
  private final Path output;

  private Launcher(Settings settings, Process process, Path output) {
    this.settings = settings;
    this.process = process;
    this.output = output;
  }

  /// Starts a command of `bin/tercet` with this environment on top of ours.
  static Launcher start(Settings settings, Path folder, String... command) {
    try {
      Path output = Files.createTempFile(folder, "launcher-", ".log");
      // A process in the background of a shell ignores SIGINT, and so would its children.
      List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT", "bin/tercet"));
      line.addAll(List.of(command));
      ProcessBuilder builder = new ProcessBuilder(line).directory(root().toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
      builder.environment().putAll(settings.environment());
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      return new Launcher(settings, builder.start(), output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// `bin/tercet run`, and ready. It ends with this JVM, however that ends.
  static Launcher running(Settings settings, Path folder) {
    Launcher launcher = start(settings, folder, "run", "--follow");
    Awaitility.await("Tercet is ready")
        .atMost(PATIENCE)
        .until(() -> !launcher.process.isAlive() || launcher.said("Tercet is ready"));
    if (!launcher.process.isAlive()) {
      throw new IllegalStateException("It did not start. It said:\n" + launcher.output());
    }
    return launcher;
  }

  static Path root() {
    return Path.of(System.getProperty("tercet.root", "..")).toAbsolutePath().normalize();
  }

  /// Waits until it has ended by itself.
  ///
  /// @return its exit status
  int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("It did not end. It said:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// Sends a signal, as `kill` names it, to the launcher alone.
  void signal(String name) {
    signal(name, process.pid());
  }

  static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  boolean said(String words) {
    return output().contains(words);
  }

  /// The process of a service, or nothing while there is none.
  Optional<ProcessHandle> service(String name) {
    try {
      String pid = Files.readString(settings.data().resolve("run/" + name + ".pid")).strip();
      return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  /// Every process that the launcher started, and that those started.
  List<ProcessHandle> family() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }
}
