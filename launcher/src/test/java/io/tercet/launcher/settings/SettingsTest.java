package io.tercet.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  @TempDir Path home;
  private final Printed printed = new Printed();

  private Settings load(Map<String, String> environment) throws UserException {
    return Settings.load(home, environment, printed.console());
  }

  private Settings load(String... words) throws UserException {
    Map<String, String> environment = new HashMap<>();
    for (int index = 0; index < words.length; index += 2) {
      environment.put(words[index], words[index + 1]);
    }
    return load(environment);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(home.resolve(name), text);
  }

  @Test
  void hasADefaultForEveryPort() throws Exception {
    Settings settings = load();
    assertThat(Settings.portNames()).hasSize(9).allMatch(name -> settings.port(name) > 2_000);
    assertThat(settings.port("TERCET_PORT")).isEqualTo(8080);
  }

  @Test
  void takesDefaultPathsBelowTercetsFolder() throws Exception {
    assertThat(load().data()).isEqualTo(home.resolve("data"));
    assertThat(load().get("TERCET_WEB_ROOT")).isEqualTo(home.resolve("web-ui/dist").toString());
  }

  @Test
  void prefersTheEnvironmentToTheFileAndTheFileToTheDefault() throws Exception {
    write(".tercet.env", "TERCET_PORT=7001\nTERCET_CHAT_PORT=7002\n");
    Settings settings = load("TERCET_PORT", "7000");
    assertThat(settings.port("TERCET_PORT")).isEqualTo(7000);
    assertThat(settings.port("TERCET_CHAT_PORT")).isEqualTo(7002);
    assertThat(settings.port("TERCET_FILES_PORT")).isEqualTo(8082);
  }

  @Test
  void takesAnEmptyVariableForOneThatIsNotSet() throws Exception {
    assertThat(load("TERCET_PORT", "").port("TERCET_PORT")).isEqualTo(8080);
  }

  @Test
  void derivesWhereServicesFindEachOther() throws Exception {
    Settings settings = load("TERCET_CHAT_PORT", "7002", "TERCET_LISTEN", "0.0.0.0");
    assertThat(settings.get("TERCET_CHAT_URL")).isEqualTo("http://127.0.0.1:7002");
    assertThat(settings.managementHost()).isEqualTo("127.0.0.1");
    assertThat(load("TERCET_LISTEN", "10.0.0.7").get("TERCET_PAGES_URL"))
        .isEqualTo("http://10.0.0.7:8083");
  }

  @Test
  void keepsTheServiceSecretInTheDataFolderUnlessItIsNamed() throws Exception {
    assertThat(load("TERCET_DATA", "/srv/tercet").serviceSecretFile())
        .isEqualTo(Path.of("/srv/tercet/service-secret"));
    assertThat(load("TERCET_SERVICE_SECRET_FILE", "/run/secret").serviceSecretFile())
        .isEqualTo(Path.of("/run/secret"));
  }

  @Test
  void leavesOutWhatIsLeftToTheServices() throws Exception {
    assertThat(load().values()).doesNotContainKeys("TERCET_ACCESS_LOG", "TERCET_SITES_URL");
  }

  @Test
  void readsCommentsQuotesAndWindowsLineEnds() throws Exception {
    write(
        ".tercet.env",
        "# mine\n\n  TERCET_SITES_DOMAIN=\"a b\"\r\nTERCET_ALLOWED_ORIGINS='x=y'\r\n");
    Settings settings = load();
    assertThat(settings.get("TERCET_SITES_DOMAIN")).isEqualTo("a b");
    assertThat(settings.get("TERCET_ALLOWED_ORIGINS")).isEqualTo("x=y");
  }

  @Test
  void readsARelativePathOfTheFileFromTheFilesFolder() throws Exception {
    Files.createDirectory(home.resolve("etc"));
    write("etc/tercet.env", "TERCET_DATA=there\n");
    assertThat(load("TERCET_SETTINGS", home + "/etc/tercet.env").data())
        .isEqualTo(home.resolve("etc/there"));
  }

  @Test
  void refusesALineThatIsNone() throws Exception {
    write(".tercet.env", "TERCET_PORT=1\nTERCET_PORT 7000\n");
    assertThatThrownBy(() -> load()).hasMessageEndingWith("line 2: a line is NAME=value.");
  }

  @Test
  void suggestsTheNameThatALineMeant() throws Exception {
    write(".tercet.env", "TERCET_CHATPORT=9999\n");
    assertThatThrownBy(() -> load())
        .hasMessageContaining("line 1: TERCET_CHATPORT is not a setting")
        .hasMessageContaining("did you mean TERCET_CHAT_PORT?");
  }

  @Test
  void refusesAFileThatIsNamedAndMissing() {
    assertThatThrownBy(() -> load("TERCET_SETTINGS", home + "/none"))
        .hasMessageContaining("which does not exist");
    assertThatThrownBy(() -> load("TERCET_SETTINGS", home.toString()))
        .hasMessageContaining("cannot read the settings file");
  }

  @Test
  void warnsOfAMisspeltVariableAndGoesOn() throws Exception {
    load("TERCET_PROT", "1", "TERCET_TEST_ALL", "1", "PATH", "/bin", "TERCET_ROOT", "/");
    assertThat(printed.text())
        .hasLineCount(1)
        .startsWith("tercet: TERCET_PROT is not a setting and is ignored")
        .contains("did you mean TERCET_PORT?");
  }

  @ParameterizedTest
  @CsvSource({
    "TERCET_PORT, 80a, a port is a number from 1 to 65535",
    "TERCET_PORT, 0, a port is a number from 1 to 65535",
    "TERCET_PORT, 65536, a port is a number from 1 to 65535",
    "TERCET_FTP_PASSIVE_PORTS, 2139-2130, a range of ports is first-last",
    "TERCET_FTP_PASSIVE_PORTS, 2130, a range of ports is first-last",
    "TERCET_BIND, everywhere, it is an IP address",
    "TERCET_TRUSTED_PROXIES, proxy.example, 'it is IP addresses and ranges, such as"
        + " 10.0.0.0/8,::1'",
    "TERCET_TRUSTED_PROXIES, '10.0.0.0/8,', it is IP addresses and ranges",
    "TERCET_MODEL, epol, it is one-by-one or processes or threads",
    "TERCET_GUESTS, maybe, it is true or false",
    "TERCET_RATE_FACTOR, 0, 'it is a number, at least 1'",
    "TERCET_READY_SECONDS, 0, it is a number of seconds",
    "TERCET_CHAT_URL, localhost, it is an http:// address",
  })
  void refusesAValueThatBreaksTheRule(String name, String value, String rule) {
    assertThatThrownBy(() -> load(name, value))
        .hasMessageContaining(name + " is '" + value + "': ")
        .hasMessageContaining(rule);
  }

  @Test
  void refusesTwoSettingsWithOnePort() {
    assertThatThrownBy(() -> load("TERCET_CHAT_PORT", "8080"))
        .hasMessageContaining("TERCET_PORT and TERCET_CHAT_PORT are both 8080");
  }

  @Test
  void countsEditsBetweenNames() {
    assertThat(Suggestion.editDistance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestion.editDistance("", "abc")).isEqualTo(3);
    assertThat(Suggestion.forName("SOMETHING_ELSE_ALTOGETHER")).isEmpty();
  }

  /// The page that explains the settings names the same ones.
  @Test
  void areAllOnThePageOfSettings() throws IOException {
    List<String> explained =
        Files.readAllLines(Path.of("../docs/settings.md")).stream()
            .filter(line -> line.startsWith("| `TERCET_"))
            .flatMap(line -> Arrays.stream(line.split("\\|", -1)[1].split(",", -1)))
            .map(name -> name.strip().replace("`", ""))
            .toList();
    assertThat(explained)
        .containsExactlyInAnyOrderElementsOf(Setting.ALL.stream().map(Setting::name).toList());
  }
}
