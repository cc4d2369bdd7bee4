package io.tercet.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tercet.http.concurrency.Trait;
import io.tercet.http.program.StartException;
import io.tercet.http.server.ModelFactory;
import io.tercet.http.server.Platform;
import io.tercet.http.settings.Settings;
import io.tercet.lab.comparison.Comparison;
import io.tercet.lab.comparison.ComparisonPlan;
import io.tercet.lab.comparison.ComparisonResults;
import io.tercet.lab.comparison.Trial;
import io.tercet.lab.proc.Machine;
import io.tercet.lab.report.Report;
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

/// The command `compare`: runs the comparison with servers of this same program, and writes the
/// report.
final class CompareCommand {
  private static final long GIT_SECONDS_MAX = 5;

  private final CompareOptions options;

  CompareCommand(CompareOptions options) {
    this.options = options;
  }

  /// Compares, writes the report, and prints where it is.
  void run() throws StartException, InterruptedException {
    if (!Platform.hasSystemCalls()) {
      throw new StartException("compare needs Linux: its load and its figures come from there");
    }
    Path out = options.out().toAbsolutePath();
    Path folder = out.getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(out)) {
      throw new StartException("cannot write " + out + "; name a file in a folder that is there");
    }
    try {
      Path scratch = Files.createTempDirectory("lab-");
      try {
        Files.writeString(out, Report.html(results(scratch)));
      } finally {
        delete(scratch);
      }
    } catch (IOException failure) {
      throw new StartException("cannot compare: " + failure.getMessage());
    }
    System.out.println("the report is " + out);
  }

  private ComparisonResults results(Path scratch) throws IOException, InterruptedException {
    Comparison comparison = new Comparison(serverCommand(), System.out::println);
    ComparisonPlan plan =
        new ComparisonPlan(
            options.models().stream().map(CompareCommand::candidate).toList(),
            options.connections(),
            options.time());
    Machine machine = Machine.here();
    List<Trial> trials = comparison.run(plan, scratch);
    return new ComparisonResults(
        machine,
        Instant.now(),
        commit(),
        repeat(),
        options.time().toMillis() / 1000.0,
        trials,
        comparison.overflowAcceptQueue(scratch));
  }

  /// select(2) takes 1,024 descriptors, and the program itself needs a few of them. A model that a
  /// thousand slow clients stop is not tried with ten thousand.
  private static ComparisonPlan.Candidate candidate(Settings.Model model) {
    Set<Trait> traits = ModelFactory.traits(model);
    if (traits.contains(Trait.DESCRIPTORS_TO_1024)) {
      return new ComparisonPlan.Candidate(
          model.word(), 1_000, 1_000, "select(2) has no room for descriptors past 1,023");
    }
    return traits.contains(Trait.MAY_STARVE_OTHERS)
        ? new ComparisonPlan.Candidate(
            model.word(), Integer.MAX_VALUE, 1_000, "a thousand slow clients stop it already")
        : ComparisonPlan.Candidate.unlimited(model.word());
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
        "java -jar http-lab.jar compare --models %s --connections %s --seconds %s",
        options.models().stream().map(model -> model.word()).collect(Collectors.joining(",")),
        options.connections().stream().map(Object::toString).collect(Collectors.joining(",")),
        options.time().toMillis() / 1000.0);
  }

  /// The commit that git names for the current folder, or "unknown".
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
