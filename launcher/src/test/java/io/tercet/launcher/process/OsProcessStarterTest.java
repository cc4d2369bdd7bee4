package io.tercet.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.process.ProcessSpec.OrphanSignal;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real processes: a shell that says one thing and ends.
class OsProcessStarterTest {

  @TempDir Path folder;

  private ProcessSpec shell(String script) {
    return new ProcessSpec(
        List.of("sh", "-c", script),
        Map.of("PATH", System.getenv("PATH"), "WHO", "world"),
        Optional.of(folder.resolve("pid")),
        Optional.of(folder.resolve("log")),
        OrphanSignal.TERM);
  }

  private static Exit end(Child child) {
    ProcessHandle.of(child.pid()).ifPresent(process -> process.onExit().join());
    return child.exit();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void writesThePidBeforeTheProgramBeginsAndItsOutputToTheLog(boolean linux) throws Exception {
    try (ProcessStarter starter = OsProcessStarter.create(linux)) {
      Child child = starter.start(shell("cat pid \"" + folder + "/pid\"; echo hello $WHO; exit 3"));
      assertThat(end(child)).hasToString("exit code 3");
      assertThat(folder.resolve("pid")).hasContent(child.pid() + "\n");
      assertThat(Files.readString(folder.resolve("log"))).contains(child.pid() + "\nhello world\n");
    }
  }

  @Test
  void appendsToTheLog() throws Exception {
    Files.writeString(folder.resolve("log"), "before\n");
    try (ProcessStarter starter = OsProcessStarter.create(true)) {
      end(starter.start(shell("echo after")));
    }
    assertThat(folder.resolve("log")).hasContent("before\nafter\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void startsChildrenThatIgnoreCtrlC(boolean linux) throws Exception {
    try (ProcessStarter starter = OsProcessStarter.create(linux)) {
      assertThat(end(starter.start(shell("kill -INT $$; exit 5")))).isEqualTo(new Exit(5));
      assertThat(end(starter.start(shell("kill -TERM $$")))).hasToString("signal TERM");
    }
  }

  @Test
  void givesAChildASessionOfItsOwnOnLinux() throws Exception {
    try (ProcessStarter starter = OsProcessStarter.create(true)) {
      Child child = starter.start(shell("cut -d ' ' -f 6 /proc/$$/stat"));
      end(child);
      assertThat(folder.resolve("log")).hasContent(Long.toString(child.pid()));
    }
  }

  @Test
  void endsTheChildrenOfALauncherThatIsGone() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "600").start();
    Watchdog.watch(new ByteArrayInputStream((orphan.pid() + "\n").getBytes()));
    assertThat(orphan.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new Exit(orphan.exitValue()).isTerminated()).isTrue();
  }

  @Test
  void namesSignalsAndExitCodes() {
    assertThat(new Exit(137)).hasToString("signal KILL");
    assertThat(new Exit(128 + 60)).hasToString("signal 60");
    assertThat(new Exit(1)).hasToString("exit code 1");
    assertThat(new Exit(143).isTerminated()).isTrue();
  }

  @Test
  void stopsWhenSomebodyAsks() throws Exception {
    StopRequests stops = new StopRequests(() -> false);
    stops.pause(Duration.ZERO);
    stops.request(130);
    stops.request(143);
    assertThatThrownBy(() -> stops.pause(Duration.ofHours(1)))
        .isInstanceOfSatisfying(
            StopRequestedException.class, asked -> assertThat(asked.exitCode()).isEqualTo(130));
    assertThat(stops.askedWithin(Duration.ofHours(1))).isTrue();
    assertThat(stops.askedWithin(Duration.ZERO)).isFalse();
  }

  @Test
  void stopsWhenTheProcessThatItFollowsIsGone() {
    StopRequests stops = new StopRequests(() -> true);
    assertThatThrownBy(() -> stops.pause(Duration.ZERO)).isInstanceOf(StopRequestedException.class);
  }
}
