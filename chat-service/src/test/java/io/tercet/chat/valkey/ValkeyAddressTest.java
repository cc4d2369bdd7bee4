package io.tercet.chat.valkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.database.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValkeyAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "valkey.example.org",
        "http://:hidden@valkey.example.org",
        "redis://",
        "redis://user:hid den@host:6379",
        "redis://user:hidden@host:port",
        "redis-sentinel://:hidden@host#main",
        "redis:///tmp/socket"
      })
  void refusesWhatIsNoneInALineWithoutThePassword(String url) {
    assertThatThrownBy(() -> ValkeyServer.connect(url))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("TERCET_VALKEY_URL is no address of Valkey: ")
        .hasMessageNotContaining("hid");
  }

  @Test
  void printsNoPassword() {
    ValkeySettings settings =
        ValkeyServer.settings("rediss://ada:hidden@host", Duration.ofSeconds(1));

    assertThat(settings.toString()).doesNotContain("hidden");
    assertThat(ValkeyAddress.place(ValkeyAddress.of(settings))).isEqualTo("host:6379");
  }

  @Test
  void refusesAServerThatIsNoValkey() throws Exception {
    try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerAsTheWeb(web));

      assertThatThrownBy(
              () -> ValkeyServer.connect("redis://:hidden@127.0.0.1:" + web.getLocalPort()))
          .isInstanceOf(StartupException.class)
          .hasMessage(
              "what answers at 127.0.0.1:"
                  + web.getLocalPort()
                  + " is no Valkey: correct TERCET_VALKEY_URL");
    }
  }

  @Test
  void startsWhileNobodyKnowsTheName() {
    Valkey valkey =
        new Valkey(ValkeyServer.settings("redis://valkey.invalid", Duration.ofSeconds(1)));
    valkey.start();
    try {
      assertThat(valkey.isConnected()).isFalse();
      assertThat(valkey.problem()).contains("valkey.invalid");
    } finally {
      valkey.stop();
    }
  }

  private static void answerAsTheWeb(ServerSocket web) {
    try {
      while (true) {
        Socket client = web.accept();
        client.getInputStream().read();
        OutputStream out = client.getOutputStream();
        out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
    } catch (IOException closed) {
      // The test ends.
    }
  }
}
