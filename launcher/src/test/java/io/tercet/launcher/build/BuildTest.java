package io.tercet.launcher.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.process.FakeProcesses;
import io.tercet.launcher.process.ProcessStarter;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Installation.OperatingSystem;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A copy of Tercet whose Maven, npm and jarmode do nothing.
class BuildTest {

  @TempDir Path home;
  private final Printed printed = new Printed();
  private final StopRequests stops = new StopRequests(() -> false);
  private final FakeProcesses processes = FakeProcesses.endingWith(0);

  @BeforeEach
  void writeSources() throws Exception {
    write("pom.xml", "<project/>");
    write("web-ui/package-lock.json", "{}");
    write("web-ui/src/main.ts", "1");
    write("web-ui/dist/index.html", "made");
    Files.createDirectories(home.resolve("web-ui/node_modules"));
    for (Service service : Service.values()) {
      for (String module : service.modules()) {
        write(module + "/src/main/java/Main.java", module);
        write(module + "/target/" + module + ".jar", "jar of " + module);
      }
    }
    Path lib = home.resolve(Service.HTTP_RAW_SERVER.modules().getLast()).resolve("target/lib");
    Files.createDirectories(lib);
    Files.writeString(lib.resolve("library.jar"), "library");
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), text);
  }

  private void build(ProcessStarter starter) throws Exception {
    Installation installation =
        new Installation(home, Path.of("/jdk"), OperatingSystem.LINUX, Map.of());
    BuildTools tools = new BuildTools(starter, stops, Map.of());
    List<Build.Step> steps =
        List.of(
            new ServiceBuild(installation, tools, printed.console()),
            new PageBuild(home, tools, printed.console()));
    new Build(home, steps, stops, printed.console()).run();
  }

  private List<String> calls() {
    return processes.started.stream().map(spec -> String.join(" ", spec.command())).toList();
  }

  @Test
  void buildsEverythingOnceAndThenCallsNothing() throws Exception {
    build(processes);
    assertThat(printed.text())
        .isEqualTo(
            """
            Building web-gateway chat-service file-service http-raw-server.
            Building web-ui.
            """);
    assertThat(calls().getFirst()).contains("bin/mvn -q -T 1C -pl ").contains("chat-service");
    assertThat(calls()).anyMatch(call -> call.contains("npm --prefix") && call.contains(" ci "));
    processes.started.clear();
    build(processes);
    assertThat(processes.started).isEmpty();
  }

  @Test
  void buildsOnlyTheServiceThatChanged() throws Exception {
    build(processes);
    processes.started.clear();
    write("chat-service/src/main/resources/new.txt", "");
    build(processes);
    assertThat(calls()).hasSize(2).allMatch(call -> call.contains("chat-service"));
  }

  @Test
  void buildsAllServicesWhenTheParentChanged() throws Exception {
    build(processes);
    write("pom.xml", "<project>new</project>");
    build(processes);
    assertThat(printed.text())
        .endsWith("Building web-gateway chat-service file-service http-raw-server.\n");
  }

  @Test
  void takesNoNoticeOfTestsAndOfWhatWasMade() throws Exception {
    build(processes);
    processes.started.clear();
    write("chat-service/src/test/java/Test.java", "");
    write("web-ui/dist/index.html", "made again");
    write("web-ui/node_modules/x/index.js", "");
    build(processes);
    assertThat(processes.started).isEmpty();
  }

  @Test
  void fetchesThePagesPackagesOnlyWhenTheirListChanged() throws Exception {
    build(processes);
    processes.started.clear();
    write("web-ui/src/main.ts", "2");
    build(processes);
    assertThat(calls()).singleElement().asString().contains("run build");
    write("web-ui/package-lock.json", "{ }");
    build(processes);
    assertThat(calls()).anyMatch(call -> call.contains(" ci "));
  }

  @Test
  void laysOutAThinJarBesideItsLibraries() throws Exception {
    build(processes);
    Path folder = home.resolve("build/run/http-raw-server");
    assertThat(folder.resolve("http-raw-server.jar")).exists();
    assertThat(folder.resolve("lib/library.jar")).hasContent("library");
    assertThat(calls()).filteredOn(call -> call.contains("-Djarmode=tools")).hasSize(3);
  }

  @Test
  void buildsAgainWhatFailed() throws Exception {
    assertThatThrownBy(() -> build(FakeProcesses.endingWith(1)))
        .hasMessageContaining("the build failed; the lines above say where.")
        .hasMessageContaining("bin/mvn -pl ");
    build(processes);
    assertThat(calls().getFirst()).contains("bin/mvn");
  }

  @Test
  void endsTheToolWhenSomebodyAsksToStop() {
    FakeProcesses endless = FakeProcesses.running();
    stops.request(130);
    assertThatThrownBy(() -> build(endless)).isInstanceOf(StopRequestedException.class);
    assertThat(endless.children.getFirst().isAlive()).isFalse();
  }
}
