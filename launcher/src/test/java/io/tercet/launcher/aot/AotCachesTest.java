package io.tercet.launcher.aot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.launcher.build.Stamps;
import io.tercet.launcher.console.Printed;
import io.tercet.launcher.service.Installation;
import io.tercet.launcher.service.Installation.OperatingSystem;
import io.tercet.launcher.service.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {

  @TempDir Path home;
  private final Printed printed = new Printed();
  private final List<Set<Service>> rehearsals = new ArrayList<>();
  private final Set<Service> failing = EnumSet.noneOf(Service.class);
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void layOut() throws IOException {
    write("jdk/release", "25");
    write("launcher/jvm/common.args", "-Xss512k");
    for (Service service : Service.values()) {
      write("launcher/jvm/" + service.title() + ".args", "-Xmx64m");
      write("build/run/" + service.title() + "/" + service.title() + ".jar", "");
      Stamps.in(home).note(service.title(), "digest");
    }
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), text);
  }

  private void make() throws Exception {
    Installation installation =
        new Installation(home, home.resolve("jdk"), OperatingSystem.LINUX, environment);
    AotCaches.Recorder recorder =
        services -> {
          rehearsals.add(EnumSet.copyOf(services));
          for (Service service : services) {
            if (!failing.contains(service)) {
              Files.writeString(installation.aotCache(service), "cache");
            }
          }
        };
    new AotCaches(installation, recorder, printed.console()).run();
  }

  @Test
  void rehearsesOnceForAllAndNotAgain() throws Exception {
    make();
    make();
    assertThat(rehearsals).containsExactly(EnumSet.allOf(Service.class));
  }

  @Test
  void rehearsesForTheServiceWhoseFlagsOrJarChanged() throws Exception {
    make();
    write("launcher/jvm/file-service.args", "-Xmx128m");
    make();
    assertThat(rehearsals.getLast()).containsExactly(Service.FILE_SERVICE);
    Stamps.in(home).note("chat-service", "another digest");
    make();
    assertThat(rehearsals.getLast()).containsExactly(Service.CHAT_SERVICE);
  }

  @Test
  void rehearsesForAllWhenTheJdkOrItsOptionsChanged() throws Exception {
    make();
    write("jdk/release", "25.0.1");
    make();
    assertThat(rehearsals.getLast()).hasSize(4);
    environment.put("JDK_JAVA_OPTIONS", "-Xint");
    make();
    assertThat(rehearsals).hasSize(3);
  }

  @Test
  void warnsOfACacheThatIsMissingAndTriesAgainNextTime() throws Exception {
    failing.add(Service.WEB_GATEWAY);
    make();
    assertThat(printed.text())
        .contains("tercet: web-gateway has no AOT cache and will start slower; why: ");
    make();
    assertThat(rehearsals.getLast()).containsExactly(Service.WEB_GATEWAY);
  }

  @Test
  void readsTheCookieOfASession() {
    assertThat(
            FirstVisit.sessionCookie(
                List.of("HTTP/1.1 200 OK", "set-cookie: session=a.b; Path=/; HttpOnly")))
        .isEqualTo("session=a.b");
    assertThat(FirstVisit.sessionCookie(List.of())).isEmpty();
  }
}
