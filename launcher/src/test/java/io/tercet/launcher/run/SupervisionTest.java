package io.tercet.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.data.DataFolder;
import io.tercet.launcher.process.FakeProcesses;
import io.tercet.launcher.process.FakeProcesses.FakeChild;
import io.tercet.launcher.process.ProcessSpec;
import io.tercet.launcher.process.ProcessSpec.OrphanSignal;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Installation.OperatingSystem;
import io.tercet.launcher.service.Service;
import io.tercet.launcher.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services that are none, and a clock that a test moves.
class SupervisionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path home;
  private final Printed printed = new Printed();
  private final FakeProcesses processes = FakeProcesses.running();
  private final StopRequests stops = new StopRequests(() -> false);
  private final Set<Service> ready = EnumSet.allOf(Service.class);
  private Instant now = Instant.EPOCH;
  private Duration lookTakes = Duration.ZERO;
  private final ServiceGroup group =
      new ServiceGroup(ready::contains, stops, () -> now = now.plus(lookTakes));
  private DataFolder data;
  private ServiceStarter starter;

  @BeforeEach
  void makeData() throws Exception {
    data = new DataFolder(home.resolve("data"));
    data.make();
    starter = starter(Map.of("HOME", "/root", "TERCET_SITES_DOMAIN", "unchecked"));
  }

  private ServiceStarter starter(Map<String, String> environment) {
    Installation installation =
        new Installation(home, Path.of("/jdk"), OperatingSystem.LINUX, environment);
    Map<String, String> values =
        Map.of("TERCET_DATA", home.resolve("data").toString(), "TERCET_SITES_DOMAIN", "checked");
    return new ServiceStarter(installation, new Settings(values), processes, OrphanSignal.TERM);
  }

  private Supervisor startAll() throws Exception {
    for (Service service : Service.values()) {
      group.add(service, starter.startWithNewLog(service));
    }
    group.awaitReady(PATIENCE);
    return new Supervisor(group, starter, data, printed.console(), now);
  }

  private FakeChild child(Service service) {
    return processes.children.get(service.ordinal());
  }

  @Test
  void startsAServiceWithItsFlagsItsSettingsAndItsFiles() throws Exception {
    starter.start(Service.CHAT_SERVICE);
    ProcessSpec spec = processes.started.getFirst();
    assertThat(spec.command())
        .startsWith(
            "/jdk/bin/java",
            "@" + home.resolve("launcher/jvm/common.args"),
            "@" + home.resolve("launcher/jvm/chat-service.args"))
        .contains("-Djava.io.tmpdir=" + home.resolve("data/run/tmp/chat-service"))
        .endsWith("-jar", home.resolve("build/run/chat-service/chat-service.jar").toString());
    assertThat(spec.environment())
        .containsEntry("HOME", "/root")
        .containsEntry("TERCET_SITES_DOMAIN", "checked");
    assertThat(spec.pidFile()).contains(home.resolve("data/run/chat-service.pid"));
    assertThat(spec.log()).contains(home.resolve("data/logs/chat-service.log"));
  }

  @Test
  void clearsAwayWhatAServiceThatWasKilledLeft() throws Exception {
    Path left = data.path().resolve("run/tmp/chat-service/jetty.1/x");
    Files.createDirectories(left);
    Path others = Files.createDirectories(data.path().resolve("run/tmp/file-service/tomcat.1"));

    starter.start(Service.CHAT_SERVICE);

    assertThat(data.path().resolve("run/tmp/chat-service")).isEmptyDirectory();
    assertThat(others).isDirectory();
  }

  @Test
  void beginsANewLogWithARunAndGoesOnWithItAfterADeath() throws Exception {
    Path log = data.log(Service.WEB_GATEWAY).file();
    Files.writeString(log, "the last run");
    starter.startWithNewLog(Service.WEB_GATEWAY);
    assertThat(log).isEmptyFile();
    Files.writeString(log, "this run");
    starter.start(Service.WEB_GATEWAY);
    assertThat(log).hasContent("this run");
  }

  @Test
  void isReadyWhenAllServicesAre() throws Exception {
    startAll();
    assertThat(group.isReady()).isTrue();
    assertThat(processes.started).hasSize(4);
  }

  @Test
  void givesUpOnAServiceThatEndsBeforeItIsReady() throws Exception {
    ready.clear();
    group.add(Service.FILE_SERVICE, processes.start(ProcessSpec.tool(List.of(), Map.of())));
    processes.children.getFirst().end(1);
    assertThatThrownBy(() -> group.awaitReady(PATIENCE))
        .hasMessage("file-service ended before it was ready (exit code 1)");
  }

  @Test
  void givesUpOnAServiceThatIsLate() {
    ready.remove(Service.CHAT_SERVICE);
    lookTakes = Duration.ofSeconds(1);
    assertThatThrownBy(this::startAll).hasMessage("chat-service is not ready after 20 s");
    assertThat(group.isReady()).isFalse();
  }

  @Test
  void stopsWaitingWhenSomebodyAsks() {
    ready.clear();
    stops.request(130);
    assertThatThrownBy(this::startAll).isInstanceOf(StopRequestedException.class);
  }

  @Test
  void startsAServiceAgainAndSaysWhenItIsReady() throws Exception {
    Supervisor supervisor = startAll();
    child(Service.CHAT_SERVICE).end(137);
    ready.remove(Service.CHAT_SERVICE);
    supervisor.tick(now);
    assertThat(printed.text())
        .isEqualTo(
            "chat-service ended (signal KILL); starting it again. Its log: "
                + data.log(Service.CHAT_SERVICE).file()
                + "\n");
    supervisor.tick(now);
    assertThat(processes.started).hasSize(5);
    supervisor.tick(now);
    ready.add(Service.CHAT_SERVICE);
    now = now.plusMillis(3_210);
    supervisor.tick(now);
    supervisor.tick(now);
    assertThat(printed.text())
        .hasLineCount(2)
        .endsWith("chat-service is ready again after 3.2 s.\n");
  }

  @Test
  void waitsLongerBeforeEachRestart() throws Exception {
    Supervisor supervisor = startAll();
    child(Service.CHAT_SERVICE).end(1);
    supervisor.tick(now);
    supervisor.tick(now);
    processes.children.getLast().end(1);
    supervisor.tick(now);
    assertThat(printed.text()).contains("starting it again in 1 s.");
    supervisor.tick(now.plusMillis(999));
    assertThat(processes.started).hasSize(5);
    supervisor.tick(now.plusSeconds(1));
    assertThat(processes.started).hasSize(6);
  }

  @Test
  void endsTheRunAtTheFifthDeath() throws Exception {
    Supervisor supervisor = startAll();
    child(Service.CHAT_SERVICE).end(1);
    assertThatThrownBy(
            () -> {
              while (now.isBefore(Instant.EPOCH.plusSeconds(60))) {
                supervisor.tick(now);
                processes
                    .children
                    .subList(4, processes.children.size())
                    .forEach(again -> again.end(1));
                now = now.plusSeconds(1);
              }
            })
        .hasMessage("chat-service ended 5 times within a minute (last: exit code 1)");
    assertThat(processes.started).hasSize(4 + 4);
  }

  @Test
  void showsTheEndOfALog() throws Exception {
    Files.writeString(data.log(Service.CHAT_SERVICE).file(), "first\nlast\n");
    new ServiceFailedException(Service.CHAT_SERVICE, "failed")
        .tell(printed.console(), data.log(Service.CHAT_SERVICE));
    assertThat(printed.text())
        .startsWith("tercet: chat-service failed. The end of ")
        .endsWith(":\n  | first\n  | last\n");
  }

  @Test
  void movesALargeLogOnEveryHalfMinute() throws Exception {
    Supervisor supervisor = startAll();
    Path log = data.log(Service.FILE_SERVICE).file();
    Files.write(log, new byte[21 * 1024 * 1024]);
    supervisor.tick(now.plusSeconds(29));
    assertThat(log).isNotEmptyFile();
    supervisor.tick(now.plusSeconds(30));
    assertThat(log).isEmptyFile();
  }

  @Test
  void asksAllToEnd() throws Exception {
    startAll();
    assertThat(group.stop(PATIENCE, printed.console())).isTrue();
    assertThat(processes.children).noneMatch(FakeChild::isAlive);
    assertThat(group.exit(Service.WEB_GATEWAY).isTerminated()).isTrue();
  }

  @Test
  void killsWhoDoesNotEndInTime() throws Exception {
    startAll();
    child(Service.HTTP_RAW_SERVER).ignoreTermination();
    lookTakes = Duration.ofSeconds(10);
    assertThat(group.stop(PATIENCE, printed.console())).isFalse();
    assertThat(printed.text()).isEqualTo("tercet: http-raw-server had to be killed.\n");
    assertThat(group.exit(Service.HTTP_RAW_SERVER)).hasToString("signal KILL");
    assertThat(group.exit(Service.WEB_GATEWAY)).hasToString("signal TERM");
  }

  @Test
  void killsAtOnceWhenSomebodyAsksAgain() throws Exception {
    startAll();
    child(Service.HTTP_RAW_SERVER).ignoreTermination();
    stops.request(130);
    assertThat(group.stop(Duration.ofHours(1), printed.console())).isFalse();
    assertThat(processes.children).noneMatch(FakeChild::isAlive);
  }
}
