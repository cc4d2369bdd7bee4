package io.tercet.lab.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessUsageTest {
  private static final String STAT =
      "4711 (a) (b 1) S 1 4711 4711 0 -1 4194560 1234 0 5 0 321 79 7 8 20 0 42 0 900 1000 77 18";

  @TempDir Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("stat"), STAT);
    Files.writeString(
        folder.resolve("status"), "Name:\ta\nVmRSS:\t    2048 kB\nThreads:\t42\nSigQ:\t1/2\n");
    Files.writeString(
        folder.resolve("smaps_rollup"), "0-1 ---p [rollup]\nRss: 9 kB\nPss: 1536 kB\n");
    Files.createDirectories(folder.resolve("fd/0"));
    Files.createDirectories(folder.resolve("fd/1"));
  }

  @Test
  void readsAllFiguresOfOneProcess() {
    assertThat(ProcessUsage.of(folder)).isEqualTo(new ProcessUsage(4150, 1536, 42, 2, 1));
  }

  @Test
  void takesWhatIsResidentWhereTheShareIsNotTold() throws Exception {
    Files.delete(folder.resolve("smaps_rollup"));
    assertThat(ProcessUsage.of(folder).memoryKib()).isEqualTo(2048);
  }

  @Test
  void leavesOutAProcessThatHasEnded() {
    assertThat(ProcessUsage.of(folder.resolve("gone"))).isEqualTo(ProcessUsage.NONE);
  }

  @Test
  void countsFieldsBehindANameWithBlanksAndParentheses() {
    assertThat(ProcessUsage.cpuTicks(STAT)).isEqualTo(415);
  }

  /// When workers have ended, what they used is their supervisor's: the sum does not fall.
  @Test
  void countsWhatItsChildrenUsedUntilTheyEnded() {
    assertThat(ProcessUsage.cpuTicks("1 (a) S 1 1 1 0 -1 4 1 0 5 0 1 2 30 40 20 0")).isEqualTo(73);
  }

  @Test
  void readsThisProcessAndItsChild() throws Exception {
    Process child = new ProcessBuilder("sleep", "60").start();
    try {
      ProcessUsage usage = ProcessUsage.of(ProcessHandle.current());
      assertThat(usage.processes()).isGreaterThanOrEqualTo(2);
      assertThat(usage.cpuMillis()).isPositive();
      assertThat(usage.memoryKib()).isGreaterThan(1024);
      assertThat(usage.threads()).isGreaterThan(2);
      assertThat(usage.descriptors()).isGreaterThan(2);
    } finally {
      child.destroyForcibly();
    }
  }
}
