package io.tercet.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What holds while Tercet runs.
class RunTest {

  @TempDir static Path folder;
  private static Launcher launcher;
  private static Settings settings;

  @BeforeAll
  static void start() {
    settings = Settings.forData(folder.resolve("data"));
    launcher = Launcher.running(settings, folder);
  }

  @AfterAll
  static void stop() {
    launcher.close();
  }

  @Test
  void saysWhereItIsAndWhatEachPortIs() {
    assertThat(launcher.output())
        .contains("http://localhost:" + settings.port("TERCET_PORT"))
        .contains(Launcher.SERVICES);
    for (String port : Settings.PORTS) {
      assertThat(launcher.output()).contains(Integer.toString(settings.port(port)));
    }
  }

  @ParameterizedTest
  @FieldSource("io.tercet.system.launcher.Launcher#SERVICES")
  void startsFromAnAotCacheThatFits(String service) throws IOException {
    ProcessHandle process = launcher.service(service).orElseThrow();
    // A cache that does not fit is ignored without a word: then it is not mapped.
    try (var mapped = Files.lines(Path.of("/proc/" + process.pid() + "/maps"))) {
      assertThat(mapped).anyMatch(line -> line.endsWith("/" + service + "/app.aot"));
    }
  }

  @Test
  void statusSaysThatAllAreReady() {
    try (Launcher status = Launcher.start(settings, folder, "status")) {
      assertThat(status.awaitEnd()).as(status.output()).isZero();
      assertThat(status.output().lines())
          .hasSize(Launcher.SERVICES.size())
          .allMatch(line -> line.contains(" ready ") && line.endsWith("AOT cache"));
    }
  }

  @Test
  void refusesToRestoreOverWhatRuns() throws IOException {
    Path backup = Files.createDirectories(folder.resolve("backup"));
    for (String database : List.of("chat/chat.db", "files/catalog.db")) {
      Files.createDirectories(backup.resolve(database).getParent());
      Files.copy(settings.data().resolve(database), backup.resolve(database));
    }
    try (Launcher restore = Launcher.start(settings, folder, "restore", backup.toString())) {
      assertThat(restore.awaitEnd()).isEqualTo(1);
      assertThat(restore.output())
          .hasLineCount(1)
          .contains("Tercet already runs on " + settings.data());
    }
    assertThat(launcher.family()).allMatch(ProcessHandle::isAlive);
  }

  @Test
  void refusesASecondStartOnTheSameData() {
    Settings elsewhere =
        Settings.forData(folder.resolve("other")).with("TERCET_DATA", settings.data().toString());
    try (Launcher second = Launcher.start(elsewhere, folder, "run", "--follow")) {
      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.output())
          .hasLineCount(1)
          .contains("Tercet already runs on " + settings.data())
          .contains("TERCET_DATA");
    }
    assertThat(launcher.family()).allMatch(ProcessHandle::isAlive);
  }

  @Test
  void keepsTheServiceSecretToItsOwner() throws IOException {
    Path secret = settings.data().resolve("service-secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(Files.size(secret)).isEqualTo(64);
  }

  @Test
  void keepsAllThatIsKeptToItsOwner() throws IOException {
    Path temporary = settings.data().resolve("run/tmp");
    try (Stream<Path> files = Files.walk(settings.data())) {
      // Libraries make what is in there, out of reach of others.
      for (Path file : files.filter(file -> !file.getParent().startsWith(temporary)).toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void startsAServiceAgainThatWasKilled() {
    ProcessHandle killed = launcher.service("http-raw-server").orElseThrow();
    Launcher.signal("KILL", killed.pid());
    await()
        .atMost(Launcher.PATIENCE)
        .until(() -> launcher.said("http-raw-server is ready again after "));
    assertThat(launcher.output()).contains("http-raw-server ended (signal KILL)");
    assertThat(launcher.service("http-raw-server"))
        .hasValueSatisfying(again -> assertThat(again.pid()).isNotEqualTo(killed.pid()));
    assertThat(List.of("web-gateway", "chat-service", "file-service"))
        .allMatch(other -> launcher.service(other).map(ProcessHandle::isAlive).orElse(false));
  }
}
