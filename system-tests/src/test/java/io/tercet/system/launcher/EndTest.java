package io.tercet.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However it ends, nothing is left: no orphan, no zombie.
class EndTest {

  @TempDir Path folder;

  /// Also without the kernel's help: then a watchdog ends the services, and http-raw-server waits
  /// in Java's selectors.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesNothingBehindAndCanStartAgain(boolean linux) throws IOException {
    Settings settings = Settings.forData(folder.resolve("data"));
    if (!linux) {
      settings = settings.with("TERCET_TEST_PORTABLE", "true");
    }

    Launcher killed = Launcher.running(settings, folder);
    List<ProcessHandle> orphans = killed.family();
    killed.signal("KILL");
    assertThat(killed.awaitEnd()).isNotZero();

    // At once: it waits for the services of the run before, which end without their launcher.
    Launcher next = Launcher.running(settings, folder);
    assertThat(orphans).noneMatch(ProcessHandle::isAlive);

    List<ProcessHandle> family = next.family();
    next.signal("INT");
    assertThat(next.awaitEnd()).isZero();
    assertThat(next.output()).endsWith("Stopping.\n");
    assertThat(next.said("uses Java's selectors")).isNotEqualTo(linux);
    String log = Files.readString(folder.resolve("data/logs/http-raw-server.log"));
    assertThat(log.contains("selectors of Java stand in")).isNotEqualTo(linux);
    await().atMost(Launcher.PATIENCE).until(() -> family.stream().noneMatch(EndTest::isThere));
  }

  /// Also true for a zombie, which is no longer alive and still there.
  private static boolean isThere(ProcessHandle process) {
    return Path.of("/proc/" + process.pid()).toFile().exists();
  }
}
