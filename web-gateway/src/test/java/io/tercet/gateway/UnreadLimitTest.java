package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import reactor.core.publisher.Flux;

@TestPropertySource(properties = "tercet.limit.unsent-all-max=1MB")
class UnreadLimitTest extends GatewayFixture {

  private static final int PIECE = 1 << 16;
  private static final long FILE = 32L << 20;
  private static final int CLIENTS = 60;

  @Autowired MeterRegistry meters;

  @Test
  void endsDownloadsThatAreNotReadAndLetsOthersHaveTheirs() throws IOException {
    FILES.behave((_, response) ->
        response
            .header("Content-Length", Long.toString(FILE))
            .send(
                Flux.range(0, Math.toIntExact(FILE / PIECE))
                    .map(_ -> Unpooled.wrappedBuffer(new byte[PIECE])),
                _ -> true));
    List<Socket> unread = new ArrayList<>();
    try (var patient = downloadFrom("127.0.0.2")) {
      await().until(() -> figure("tercet.connections.unread") > 0);
      for (int i = 0; i < CLIENTS; i++) {
        unread.add(downloadFrom("127.0.0.1"));
      }

      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> meters.get("tercet.connections.unread.closed").counter().count() > 20);
      assertThat(figure("tercet.connections.unread")).isPositive().isLessThanOrEqualTo(1 << 20);
      assertThat(RawRequest.Answer.read(patient.getInputStream(), false).body())
          .hasSize(Math.toIntExact(FILE));
    } finally {
      for (var socket : unread) {
        socket.close();
      }
    }
    await().until(() -> figure("tercet.connections.unread") == 0);
  }

  private double figure(String gauge) {
    return meters.get(gauge).gauge().value();
  }

  private Socket downloadFrom(String address) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(PIECE);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket.getOutputStream().write(request("GET", "/api/files/people/me/big").head());
    return socket;
  }
}
