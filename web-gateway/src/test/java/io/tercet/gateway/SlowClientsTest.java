package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/// Many clients that send their bodies a byte a second.
@TestPropertySource(
    properties = {
      "tercet.limit.connections-per-address-max=5000",
      "tercet.limit.call-time=30m",
      "tercet.limit.calls-received=200KB",
      "tercet.limit.calls-received-per-address=100KB"
    })
class SlowClientsTest extends GatewayFixture {

  private static final int LENGTH = 2_000;

  private final List<SocketChannel> slow = new ArrayList<>();

  @Autowired MeterRegistry metrics;

  @AfterEach
  void hangUp() throws IOException {
    for (SocketChannel each : slow) {
      each.close();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> received() == 0);
  }

  @Test
  void takeNoConnectionToAServiceAndHoldUpNobody() throws Exception {
    int clients = clients();
    for (int i = 0; i < clients; i++) {
      begin(LENGTH, 1);
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> received() == clients);
    try (var drip = Executors.newSingleThreadScheduledExecutor()) {
      var dripping = drip.scheduleAtFixedRate(this::sendOneByteEach, 0, 1, TimeUnit.SECONDS);
      for (int i = 0; i < 20; i++) {
        for (var target : List.of("/", "/api/rooms", "/api/sites")) {
          assertThat(request("GET", target).send().status()).isEqualTo(200);
        }
      }
      assertThat(request("POST", "/api/rooms").body("{}").send().text()).isEqualTo("chat");
      assertThat(dripping.isDone()).as("the gateway hung up on one").isFalse();
      assertThat(received()).isGreaterThanOrEqualTo(clients);
      dripping.cancel(false);
    }
    assertThat(CHAT.seen()).hasSize(20 + 1);
  }

  @Test
  void areServedWhenTheirBodyIsWhole() throws IOException {
    var client = begin(10, 9);
    await().atMost(Duration.ofSeconds(30)).until(() -> received() == 9);
    assertThat(CHAT.seen()).isEmpty();

    client.write(ByteBuffer.wrap(new byte[1]));

    assertThat(answer(client)).startsWith("HTTP/1.1 200 ");
    assertThat(CHAT.onlyRequest().header("Content-Length")).isEqualTo("10");
  }

  @Test
  void getAnErrorPastTheShareOfTheirAddressAndLoseNobodyElsesBody() throws IOException {
    var first = begin(60_000, 59_999);
    await().atMost(Duration.ofSeconds(30)).until(() -> received() == 59_999);

    var second = begin(60_000, 50_000);

    assertThat(answer(second))
        .startsWith("HTTP/1.1 429 ")
        .contains("too-fast")
        .containsIgnoringCase("Retry-After: 5");
    first.write(ByteBuffer.wrap(new byte[1]));
    assertThat(answer(first)).startsWith("HTTP/1.1 200 ");
  }

  int clients() {
    return 1_000;
  }

  private SocketChannel begin(int length, int sent) throws IOException {
    var client = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    slow.add(client);
    client.write(
        ByteBuffer.wrap(
            request("POST", "/api/rooms").header("Content-Length", "" + length).head()));
    var body = ByteBuffer.wrap(new byte[sent]);
    while (body.hasRemaining()) {
      client.write(body);
    }
    return client;
  }

  private void sendOneByteEach() {
    for (SocketChannel each : slow) {
      try {
        each.write(ByteBuffer.wrap(new byte[1]));
      } catch (IOException e) {
        throw new IllegalStateException("The gateway hung up", e);
      }
    }
  }

  private double received() {
    return metrics.get("tercet.gateway.bodies").gauge().value();
  }

  private static String answer(SocketChannel client) throws IOException {
    return new String(client.socket().getInputStream().readAllBytes(), UTF_8);
  }
}
