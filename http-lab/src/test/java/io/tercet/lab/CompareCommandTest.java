package io.tercet.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.lab.comparison.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `compare` as somebody types it, small.
@Timeout(180)
class CompareCommandTest {
  @TempDir Path folder;
  private final Set<ProcessHandle> family = new HashSet<>();

  @AfterEach
  void endWhatIsLeft() {
    family.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void measuresTwoModelsAndWritesTheReport() throws Exception {
    Path out = folder.resolve("report.html");
    String said =
        compare(
            "--out",
            out.toString(),
            "--models=epoll,virtual-threads",
            "--connections=4,12",
            "--seconds=0.2");
    assertThat(said).contains("the report is " + out);
    for (String model : List.of("epoll", "virtual-threads")) {
      for (Scenario scenario : Scenario.values()) {
        assertThat(said)
            .containsPattern(
                "%s +%s +12 +[1-9][0-9,]* requests/s"
                    .formatted(model, scenario.name().toLowerCase(Locale.ROOT)));
      }
    }
    assertThat(Files.readString(out))
        .contains("Two models, one server")
        .contains("--models epoll,virtual-threads --connections 4,12 --seconds 0.2")
        .doesNotContain("did not start", "NaN");
    // At least one server of each model was there, and none is left.
    assertThat(family).hasSizeGreaterThanOrEqualTo(2);
    for (ProcessHandle server : family) {
      Eventually.isTrue(() -> isOver(server));
    }
  }

  @Test
  void saysBeforeItMeasuresThatTheReportCannotBeWritten() throws Exception {
    assertThat(compare("--out", folder.resolve("no/where.html").toString()))
        .contains("cannot write")
        .doesNotContain("requests/s");
  }

  /// Whether it has ended, as the kernel says it: one that nobody has waited for has ended too.
  private static boolean isOver(ProcessHandle process) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return !process.isAlive() || stat.contains(") Z ");
    } catch (NoSuchFileException gone) {
      return true;
    }
  }

  private String compare(String... words) throws Exception {
    List<String> command = new ArrayList<>(ServerCommand.JAVA);
    command.add("compare");
    command.addAll(List.of(words));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      // Whose parent has ended is no descendant any more: they are noted while it runs.
      Eventually.isTrue(
          Duration.ofSeconds(150),
          () -> {
            process.descendants().forEach(family::add);
            return !process.isAlive();
          });
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(log);
  }
}
