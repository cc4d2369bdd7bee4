package io.tercet.launcher.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

  private static Settings settings(Map<String, String> environment) throws Exception {
    return Settings.load(Path.of("/nowhere"), environment, new Printed().console());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void namesThePortThatIsTakenAndItsSetting(boolean linux) throws Exception {
    Ports ports = new Ports(linux);
    Map<String, String> environment = new HashMap<>(ports.freeSettings());
    assertThatCode(() -> ports.checkUsable(settings(environment))).doesNotThrowAnyException();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("TERCET_FTP_PORT", Integer.toString(taken.getLocalPort()));
      assertThatThrownBy(() -> ports.checkUsable(settings(environment)))
          .hasMessageContaining("port " + taken.getLocalPort() + " is taken")
          .hasMessageContaining("start with TERCET_FTP_PORT=");
    }
  }

  @Test
  void seesAListenerOnAnyAddressAndNamesItsProcess() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.9"))) {
      assertThat(Listeners.now(true).listenerOn(taken.getLocalPort()))
          .contains(" by java (pid " + ProcessHandle.current().pid() + ")");
    }
  }

  @Test
  void readsTheKernelsTable() {
    Map<Integer, String> inodes = new HashMap<>();
    Listeners.Linux.readLine("  sl  local_address rem_address   st tx_queue rx_queue", inodes);
    Listeners.Linux.readLine(
        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 4711 1",
        inodes);
    Listeners.Linux.readLine(
        "   1: 0100007F:1F91 0100007F:9999 01 00000000:00000000 00:00000000 00000000  0  0 4712 1",
        inodes);
    assertThat(inodes).containsExactly(Map.entry(8080, "4711"));
  }

  @Test
  void findsDifferentFreePorts() {
    assertThat(new Ports(true).free(30)).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void asksOverHttpAndTakesNoAnswerForNo() throws Exception {
    int unused = new Ports(true).free(1).getFirst();
    assertThat(PlainHttp.answersOk("127.0.0.1", unused, "/")).isFalse();
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answers =
          Thread.startVirtualThread(() -> {
            try (var socket = server.accept()) {
              socket.getInputStream().read(new byte[1_024]);
              socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes());
            } catch (IOException closed) {
              // The assertion fails.
            }
          });
      assertThat(PlainHttp.answersOk("127.0.0.1", server.getLocalPort(), "/")).isTrue();
      answers.join();
    }
  }
}
