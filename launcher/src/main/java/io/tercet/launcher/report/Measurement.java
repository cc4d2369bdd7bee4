package io.tercet.launcher.report;

import io.tercet.launcher.build.Folders;
import io.tercet.launcher.console.Console;
import io.tercet.launcher.console.UserException;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.network.Ports;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Measures what the product promises: a second start within 15 s on two cores, and at most 800 MiB
/// for the four services together when they have settled. It uses free ports and a folder of its
/// own.
///
/// @param settle how long after a start the memory is read
public record Measurement(
    Installation installation, Duration settle, StopRequests stops, Console console) {

  private static final Duration START_MAX = Duration.ofSeconds(15);
  private static final long MEBIBYTES_MAX = 800;

  /// Returns when both figures are printed.
  ///
  /// @throws UserException if a figure is more than promised
  public void run() throws UserException, StopRequestedException {
    try {
      DataFolder data = new DataFolder(Files.createTempDirectory("tercet-measure-"));
      try {
        measure(data);
      } finally {
        Folders.delete(data.path());
      }
    } catch (IOException failed) {
      throw new UserException("cannot measure: " + failed, failed);
    }
  }

  private void measure(DataFolder data) throws IOException, UserException, StopRequestedException {
    boolean linux = installation.system().isLinux();
    Map<String, String> settings = new HashMap<>(new Ports(linux).freeSettings());
    settings.put("TERCET_DATA", data.path().toString());
    console.say("First start.");
    try (Start _ = start(settings)) {
      console.say("Second start.");
    }
    Duration took;
    Duration processor;
    Memory memory;
    try (Start start = start(settings)) {
      took = start.took();
      processor = processorTime(data);
      console.say("Memory in " + settle.toSeconds() + " s.");
      stops.pause(settle);
      memory = Memory.of(data, linux);
    }
    report(took, processor, memory);
  }

  private void report(Duration took, Duration processor, Memory memory) throws UserException {
    console.say("");
    memory.print(console);
    console.say("");
    console.say(
        "second start: %s s (at most %d on 2 cores; this machine has %d),"
            .formatted(
                Console.seconds(took),
                START_MAX.toSeconds(),
                Runtime.getRuntime().availableProcessors()));
    console.say(
        "              %s s of processor time for the four together"
            .formatted(Console.seconds(processor)));
    console.say(
        "memory:       %d MiB (at most %d)".formatted(memory.togetherMebibytes(), MEBIBYTES_MAX));
    if (memory.togetherMebibytes() > MEBIBYTES_MAX || took.compareTo(START_MAX) >= 0) {
      throw new UserException("that is more than promised.");
    }
  }

  /// What a start costs, also on a busy machine.
  private static Duration processorTime(DataFolder data) {
    Duration sum = Duration.ZERO;
    for (Service service : Service.values()) {
      Optional<Duration> used =
          data.pidFile(service).process().flatMap(process -> process.info().totalCpuDuration());
      sum = sum.plus(used.orElse(Duration.ZERO));
    }
    return sum;
  }

  /// As a person would time it: with the look at what has changed, which comes before the services.
  private Start start(Map<String, String> settings) throws IOException, UserException {
    Path tercet = installation.home().resolve("bin/tercet");
    ProcessBuilder builder = new ProcessBuilder(tercet.toString(), "run", "--follow");
    builder.environment().keySet().removeIf(name -> name.startsWith("TERCET_"));
    builder.environment().putAll(settings);
    builder.redirectError(Redirect.INHERIT);
    long begun = System.nanoTime();
    Process launcher = builder.start();
    BufferedReader reader = launcher.inputReader();
    String line = reader.readLine();
    while (line != null && !line.startsWith("Tercet is ready")) {
      line = reader.readLine();
    }
    if (line == null) {
      throw new UserException("it did not start; the lines above say why.");
    }
    return new Start(launcher, Duration.ofNanos(System.nanoTime() - begun));
  }

  /// A run that is stopped when it is closed.
  private record Start(Process launcher, Duration took) implements AutoCloseable {

    @Override
    public void close() {
      launcher.destroy();
      launcher.onExit().join();
    }
  }
}
