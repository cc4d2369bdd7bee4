package io.tercet.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WelcomeTest {

  private static String welcome(String bind) throws Exception {
    Printed printed = new Printed();
    Map<String, String> environment =
        Map.of("TERCET_BIND", bind, "TERCET_DATA", "/srv", "TERCET_SETTINGS", "/dev/null");
    Settings settings = Settings.load(Path.of("/"), environment, printed.console());
    new Welcome(settings, Duration.ofMillis(3_299)).print(printed.console());
    return printed.text();
  }

  @Test
  void saysWhereTercetIsAndHowLongItTook() throws Exception {
    assertThat(welcome("0.0.0.0")).contains("Tercet is ready after 3.2 s: http://localhost:8080\n");
    assertThat(welcome("10.0.0.7")).contains("http://10.0.0.7:8080");
  }

  @Test
  void namesEveryPortItsServiceAndTheFolders() throws Exception {
    assertThat(welcome("127.0.0.1"))
        .contains(
            "  8081         chat-service     people, rooms, messages; health and metrics on 9081")
        .contains("  2121         file-service     FTP; its data connections on 2130-2139")
        .contains("Data: /srv\n", "Logs: /srv/logs\n")
        .endsWith("Ctrl-C stops everything.\n");
  }
}
