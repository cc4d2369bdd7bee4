package io.tercet.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path folder;

  private DataLock lock(DataFolder data) throws Exception {
    return DataLock.take(data, new Printed().console(), new StopRequests(() -> false));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void isMadeForItsOwnerAlone() throws Exception {
    DataFolder data = new DataFolder(folder.resolve("a/data"));
    try (DataLock _ = lock(data)) {
      data.log(Service.CHAT_SERVICE).make();
      data.temporaryFolder(Service.CHAT_SERVICE);

      assertThat(below(data.path())).hasSize(8).allMatch(DataFolderTest::isItsOwnersAlone);
    }
  }

  @Test
  void isTakenFromOthersWhereAnEarlierVersionMadeIt() throws Exception {
    DataFolder data = new DataFolder(Files.createDirectories(folder.resolve("data")));
    Files.createDirectories(data.logs());
    Files.createFile(data.log(Service.CHAT_SERVICE).file());
    for (Path path : below(data.path())) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Printed printed = new Printed();

    DataLock.take(data, printed.console(), new StopRequests(() -> false)).close();
    data.log(Service.CHAT_SERVICE).make();

    assertThat(printed.text()).hasLineCount(1).contains("was open to other users");
    assertThat(below(data.path())).allMatch(DataFolderTest::isItsOwnersAlone);
  }

  @Test
  void staysOpenWhereOthersUseItToo() throws Exception {
    DataFolder data = new DataFolder(Files.createDirectories(folder.resolve("shared")));
    Files.createFile(data.path().resolve("somebody-elses"));
    Files.createDirectories(data.run());
    for (Path path : List.of(data.path(), data.run())) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    lock(data).close();

    assertThat(permissions(data.path())).isEqualTo("rwxr-xr-x");
    assertThat(permissions(data.run())).isEqualTo("rwxr-xr-x");
    assertThat(permissions(data.logs())).isEqualTo("rwx------");
  }

  private static List<Path> below(Path top) throws IOException {
    try (Stream<Path> paths = Files.walk(top)) {
      return paths.toList();
    }
  }

  private static boolean isItsOwnersAlone(Path path) {
    try {
      return permissions(path).endsWith("------");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void saysWhichFolderCannotBeMade() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> lock(new DataFolder(file.resolve("data"))))
        .hasMessageContaining("cannot make the data folder " + file)
        .hasMessageContaining("TERCET_DATA");
  }

  @Test
  void namesTheLauncherWhileItIsHeld() throws Exception {
    DataFolder data = new DataFolder(folder);
    try (DataLock _ = lock(data)) {
      assertThat(folder.resolve("run/launcher.pid"))
          .hasContent(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(folder.resolve("run/launcher.pid")).doesNotExist();
  }

  @Test
  void waitsForAServiceOfALauncherThatWasKilled() throws Exception {
    DataFolder data = new DataFolder(folder);
    data.make();
    Process orphan = new ProcessBuilder("sh", "-c", "read line", "/chat-service.jar").start();
    data.pidFile(Service.CHAT_SERVICE).write(orphan.pid());
    assertThat(data.runningServices()).containsExactly(orphan.toHandle());
    Printed printed = new Printed();
    Thread ends =
        Thread.startVirtualThread(() -> {
          while (printed.text().isEmpty()) {
            Thread.onSpinWait();
          }
          orphan.destroy();
        });
    DataLock.take(data, printed.console(), new StopRequests(() -> false)).close();
    ends.join();
    assertThat(orphan.isAlive()).isFalse();
    assertThat(printed.text()).contains("was killed and is still ending: waiting for it.");
  }

  @Test
  void doesNotTakeAnotherProgramForAService() throws Exception {
    DataFolder data = new DataFolder(folder);
    data.make();
    data.pidFile(Service.CHAT_SERVICE).write(ProcessHandle.current().pid());
    assertThat(data.pidFile(Service.CHAT_SERVICE).process()).isEmpty();
    Files.writeString(data.pidFile(Service.CHAT_SERVICE).file(), "");
    assertThat(data.pidFile(Service.CHAT_SERVICE).process()).isEmpty();
  }

  @Test
  void keepsTheServiceSecretToItsOwner() throws Exception {
    Path file = folder.resolve("secrets/service-secret");
    new ServiceSecret(file).make();
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
  }

  @Test
  void leavesAServiceSecretAloneThatIsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "mine");
    new ServiceSecret(file).make();
    assertThat(file).hasContent("mine");
  }

  @Test
  void keepsFivePredecessorsOfALog() throws Exception {
    RotatedLog log = new DataFolder(folder).log(Service.WEB_GATEWAY);
    Files.createDirectories(log.file().getParent());
    for (int run = 1; run <= 7; run++) {
      Files.writeString(log.file(), "run " + run);
      log.rotate();
    }
    assertThat(log.file()).isEmptyFile();
    assertThat(folder.resolve("logs/web-gateway.log.1")).hasContent("run 7");
    assertThat(folder.resolve("logs/web-gateway.log.5")).hasContent("run 3");
    assertThat(folder.resolve("logs/web-gateway.log.6")).doesNotExist();
  }

  @Test
  void movesOnlyALargeLogOnWhileItIsWritten() throws Exception {
    RotatedLog log = new RotatedLog(folder.resolve("x.log"));
    log.rotateIfLarge();
    Files.write(log.file(), new byte[20 * 1024 * 1024]);
    log.rotateIfLarge();
    assertThat(folder.resolve("x.log.1")).doesNotExist();
    Files.write(log.file(), new byte[20 * 1024 * 1024 + 1]);
    log.rotateIfLarge();
    assertThat(folder.resolve("x.log.1")).hasSize(20 * 1024 * 1024 + 1);
    assertThat(log.file()).isEmptyFile();
  }

  @Test
  void showsTheLastLinesOfALogCutToTheScreen() throws Exception {
    RotatedLog log = new RotatedLog(folder.resolve("x.log"));
    assertThat(log.tail(2)).isEmpty();
    Files.writeString(log.file(), "one\ntwo\n" + "3".repeat(300) + "\n");
    assertThat(log.tail(2)).containsExactly("two", "3".repeat(240));
  }
}
