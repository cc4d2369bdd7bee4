package io.tercet.system.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// What cannot work is refused before anything starts: in one line that says what to do.
class RefusalTest {

  @TempDir Path folder;
  Settings settings = new Settings(java.util.Map.of());

  @BeforeEach
  void choosePorts() {
    settings = Settings.forData(folder.resolve("data"));
  }

  @ParameterizedTest
  @FieldSource("io.tercet.system.launcher.Settings#PORTS")
  void namesAPortThatIsTakenAndItsSetting(String setting) throws IOException {
    try (ServerSocket taken =
        new ServerSocket(settings.port(setting), 1, InetAddress.getLoopbackAddress())) {
      assertThat(refusal(settings))
          .contains("port " + taken.getLocalPort() + " is taken by java (pid ")
          .contains("start with " + setting + "=");
    }
  }

  @Test
  void namesTwoSettingsWithTheSamePort() {
    String gateway = Integer.toString(settings.port("TERCET_PORT"));
    assertThat(refusal(settings.with("TERCET_CHAT_PORT", gateway)))
        .contains("TERCET_PORT and TERCET_CHAT_PORT are both " + gateway);
  }

  @Test
  void namesADataFolderThatCannotBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path below = file.resolve("data");
    assertThat(refusal(settings.with("TERCET_DATA", below.toString())))
        .contains("cannot make the data folder " + below)
        .contains("TERCET_DATA");
  }

  @Test
  void namesADataFolderThatCannotBeWritten() {
    // Nobody may write there, not even root.
    assertThat(refusal(settings.with("TERCET_DATA", "/proc/1")))
        .contains("cannot write to the data folder /proc/1")
        .contains("TERCET_DATA");
  }

  @ParameterizedTest
  @CsvSource({
    "TERCET_PORT, 80a, a port is a number from 1 to 65535",
    "TERCET_PORT, 65536, a port is a number from 1 to 65535",
    "TERCET_FTP_PASSIVE_PORTS, 2139-2130, a range of ports is first-last",
    "TERCET_BIND, everywhere, it is an IP address",
    "TERCET_MODEL, epol, it is one-by-one or processes or threads",
    "TERCET_GUESTS, maybe, it is true or false",
    "TERCET_READY_SECONDS, 0, it is a number of seconds",
    "TERCET_CHAT_URL, localhost, it is an http:// address",
  })
  void namesAValueThatIsNone(String setting, String value, String rule) {
    assertThat(refusal(settings.with(setting, value)))
        .contains(setting + " is '" + value + "'")
        .contains(rule);
  }

  @Test
  void namesTheSettingThatAMisspeltLineOfTheFileMeant() throws IOException {
    Path file = folder.resolve("settings.env");
    Files.writeString(file, "# ports\n\nTERCET_CHATPORT=9999\n");
    assertThat(refusal(settings.with("TERCET_SETTINGS", file.toString())))
        .contains(file + ", line 3: TERCET_CHATPORT is not a setting")
        .contains("did you mean TERCET_CHAT_PORT?");
  }

  @Test
  void readsTheFileButNeverExecutesIt() throws IOException {
    Path file = folder.resolve("settings.env");
    Files.writeString(file, "TERCET_BIND='$(touch " + folder.resolve("executed") + ")'\n");
    assertThat(refusal(settings.with("TERCET_SETTINGS", file.toString())))
        .contains("TERCET_BIND is '$(touch ");
    assertThat(folder.resolve("executed")).doesNotExist();
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJdk() {
    Settings without = settings.with("TERCET_TEST_JDKS", folder.toString());
    assertThat(refusal(without)).contains("no JDK 25 found").contains("JAVA_HOME");
  }

  @Test
  void saysThatThereIsNoSuchCommand() {
    try (Launcher launcher = Launcher.start(settings, folder, "fly")) {
      assertThat(launcher.awaitEnd()).isEqualTo(1);
      assertThat(launcher.output()).hasLineCount(1).contains("there is no command fly");
    }
  }

  private String refusal(Settings refused) {
    try (Launcher launcher = Launcher.start(refused, folder, "run", "--follow")) {
      assertThat(launcher.awaitEnd()).isEqualTo(1);
      assertThat(launcher.output()).hasLineCount(1).startsWith("tercet: ");
      return launcher.output();
    }
  }
}
