package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
    properties = {
      "tercet.limit.connections-max=30",
      "tercet.limit.connections-per-address-max=20",
      "tercet.limit.close-patience=200ms"
    })
class ConnectionLimitTest extends GatewayFixture {

  private final List<Socket> open = new ArrayList<>();

  @LocalManagementPort int managementPort;

  @Autowired MeterRegistry meters;

  @BeforeEach
  void awaitTheEndOfEarlierConnections() {
    awaitOpen(0);
  }

  @AfterEach
  void closeAll() throws IOException {
    for (var socket : open) {
      socket.close();
    }
  }

  @Test
  void refusesOneAddressAndServesTheOthers() throws IOException {
    connect("127.0.0.1", 20);

    assertThat(answerTo("127.0.0.1"))
        .startsWith("HTTP/1.1 503 ")
        .contains("Retry-After: 5")
        .matches("(?s).*X-Request-Id: ([0-9a-f]{16})\r\n.*\"requestId\":\"\\1\".*");
    assertThat(answerTo("127.0.0.2")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void refusesAllPastTheSumButTellsThatItIsAlive() throws IOException {
    connect("127.0.0.1", 20);
    connect("127.0.0.2", 10);

    assertThat(answerTo("127.0.0.3")).startsWith("HTTP/1.1 503 ");
    assertThat(answer("127.0.0.3", managementPort, "/actuator/health/liveness"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void closesARefusedConnectionThatSendsNothing() throws IOException {
    connect("127.0.0.1", 20);

    try (var refused = socket("127.0.0.1", port)) {
      assertThat(refused.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void servesAgainWhenConnectionsEnd() throws IOException {
    connect("127.0.0.1", 20);
    assertThat(answerTo("127.0.0.1")).startsWith("HTTP/1.1 503 ");

    open.removeFirst().close();

    Awaitility.await()
        .ignoreException(SocketException.class)
        .untilAsserted(() -> assertThat(answerTo("127.0.0.1")).startsWith("HTTP/1.1 200 "));
  }

  private void connect(String client, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      open.add(socket(client, port));
    }
    awaitOpen(open.size());
  }

  private void awaitOpen(int count) {
    Awaitility.await().until(() -> meters.get("tercet.connections.open").gauge().value() == count);
  }

  private String answerTo(String client) throws IOException {
    return answer(client, port, "/");
  }

  private static String answer(String client, int port, String target) throws IOException {
    try (var socket = socket(client, port)) {
      var request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(target).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Socket socket(String client, int port) throws IOException {
    var socket = new Socket("127.0.0.1", port, InetAddress.ofLiteral(client), 0);
    socket.setSoTimeout(60_000);
    return socket;
  }
}
