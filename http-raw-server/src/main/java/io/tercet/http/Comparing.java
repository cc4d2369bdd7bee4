package io.tercet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.concurrency.Trait;
import io.tercet.http.lab.Cell;
import io.tercet.http.lab.Comparison;
import io.tercet.http.lab.Plan;
import io.tercet.http.lab.Report;
import io.tercet.http.lab.Results;
import io.tercet.http.posix.socket.PosixDialer;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.proc.Machine;
import io.tercet.http.readiness.Network;
import io.tercet.http.settings.ComparisonSettings;
import io.tercet.http.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The command `compare`: runs the comparison with servers of this very program, and writes the
/// report.
final class Comparing {
  private static final long GIT_SECONDS_MAX = 5;

  private final ComparisonSettings settings;

  Comparing(ComparisonSettings settings) {
    this.settings = settings;
  }

  /// Compares, writes, and says where.
  void run() throws CannotStart, InterruptedException {
    if (!OperatingSystem.hasCalls()) {
      throw new CannotStart("compare needs Linux: its load and its figures come from there");
    }
    Path out = settings.out().toAbsolutePath();
    Path folder = out.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new CannotStart("cannot write " + out + "; name a file in a folder that is there");
    }
    try {
      Path scratch = Files.createTempDirectory("lab-");
      try {
        Files.writeString(out, Report.html(results(scratch)));
      } finally {
        delete(scratch);
      }
    } catch (IOException failure) {
      throw new CannotStart("cannot compare: " + failure.getMessage());
    }
    System.out.println("the report is " + out);
  }

  private Results results(Path scratch) throws IOException, InterruptedException {
    Comparison comparison =
        new Comparison(
            serverCommand(),
            new PosixDialer(),
            () -> new PosixNetwork().poller(Network.Kind.EPOLL),
            System.out::println);
    Plan plan =
        new Plan(
            settings.models().stream().map(Comparing::subject).toList(),
            settings.connections(),
            settings.time());
    Machine machine = Machine.here();
    List<Cell> cells = comparison.run(plan, scratch);
    return new Results(
        machine,
        Instant.now(),
        commit(),
        repeat(),
        settings.time().toMillis() / 1000.0,
        cells,
        comparison.fullQueue(scratch));
  }

  /// select(2) has room for 1,024 descriptors, of which the program itself needs a few; and what a
  /// thousand slow clients stop, ten thousand need not.
  private static Plan.Subject subject(Settings.Model model) {
    Set<Trait> traits = Models.traits(model);
    if (traits.contains(Trait.DESCRIPTORS_TO_1024)) {
      return new Plan.Subject(
          model.word(), 1_000, 1_000, "select(2) has no room for descriptors past 1,023");
    }
    return traits.contains(Trait.MAY_STARVE_OTHERS)
        ? new Plan.Subject(
            model.word(), Integer.MAX_VALUE, 1_000, "a thousand slow clients stop it already")
        : Plan.Subject.unlimited(model.word());
  }

  /// The same Java with the same classes, and a heap that leaves room for ten thousand threads.
  private static List<String> serverCommand() {
    return List.of(
        ProcessHandle.current().info().command().orElse("java"),
        "-Xms32m",
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  private String repeat() {
    return String.format(
        Locale.ROOT,
        "java -jar http-raw-server.jar compare --models %s --connections %s --seconds %s",
        settings.models().stream().map(model -> model.word()).collect(Collectors.joining(",")),
        settings.connections().stream().map(Object::toString).collect(Collectors.joining(",")),
        settings.time().toMillis() / 1000.0);
  }

  /// What git says of the folder that the program is run in; "unknown" where it says nothing.
  private static String commit() throws InterruptedException {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (git.waitFor(GIT_SECONDS_MAX, TimeUnit.SECONDS) && git.exitValue() == 0) {
        return new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      }
      git.destroyForcibly();
    } catch (IOException noGit) {
      // Then nobody knows.
    }
    return "unknown";
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
