package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// WebSockets that end without a close frame leave nothing behind: no buffer, and no error in the
/// log. Netty counts the references to its buffers, and reports each that is collected with one
/// left.
class AbortedSocketsTest extends GatewayFixture {

  private static final int SOCKETS = 40;

  private final ListAppender<ILoggingEvent> reports = new ListAppender<>();
  private final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();

  @Autowired MeterRegistry metrics;

  @BeforeEach
  void watch() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    reports.start();
    networkLogs().forEach(log -> log.addAppender(reports));
  }

  @AfterEach
  void watchNoMore() {
    networkLogs().forEach(log -> log.detachAppender(reports));
    ResourceLeakDetector.setLevel(before);
  }

  private static List<Logger> networkLogs() {
    return Stream.of("io.netty", "reactor")
        .map(name -> (Logger) LoggerFactory.getLogger(name))
        .toList();
  }

  @Test
  void ofClientsThatAreGoneLeaveNothing() throws Exception {
    relay((in, out) ->
        out.sendString(Flux.interval(Duration.ofMillis(1)).map(n -> "x".repeat(2_000) + n)));
    for (int i = 0; i < SOCKETS; i++) {
      abort(open(), i % 2 == 0);
    }
    assertNothingIsLeft();
  }

  @Test
  void ofServicesThatAreGoneLeaveNothing() throws Exception {
    relay((in, out) -> {
      in.withConnection(connection -> connection.channel().close());
      return Flux.<Void>never();
    });
    for (int i = 0; i < SOCKETS; i++) {
      abort(open(), i % 2 == 0);
    }
    assertNothingIsLeft();
  }

  @Test
  void thatServicesCloseLeaveNothing() throws Exception {
    relay((_, out) -> out.sendClose(4000, "come again"));
    for (int i = 0; i < SOCKETS; i++) {
      try (var socket = open()) {
        socket.getInputStream().readAllBytes();
      }
    }
    assertNothingIsLeft();
  }

  private static void relay(
      BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> conversation) {
    var spec = WebsocketServerSpec.builder().maxFramePayloadLength(1 << 20).build();
    CHAT.behave((_, response) -> response.sendWebsocket(conversation, spec));
  }

  private Socket open() throws Exception {
    var socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    var handshake =
        """
        GET /api/socket HTTP/1.1\r
        Host: localhost:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Authorization: Bearer own-token\r
        \r
        """
            .formatted(port);
    socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1 101");
    return socket;
  }

  /// Ends a connection without a close frame: with a reset, or with the end of its bytes.
  private static void abort(Socket socket, boolean reset) throws Exception {
    socket.setSoLinger(reset, 0);
    socket.close();
  }

  private void assertNothingIsLeft() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> metrics.get("tercet.gateway.sockets").gauge().value() == 0);
    // The report of this one comes when those of what was left before have come.
    var mark = "left on purpose " + UUID.randomUUID();
    loseBuffer(mark);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          System.gc();
          var _ = Unpooled.directBuffer(1).release(); // Netty reports when it makes the next one
          return errors().stream().anyMatch(error -> error.contains(mark));
        });
    assertThat(errors()).allMatch(error -> error.contains(mark));
  }

  /// A method of its own: in the frame of another the buffer could still be reached.
  private static void loseBuffer(String mark) {
    var _ = Unpooled.directBuffer(1).touch(mark);
  }

  private List<String> errors() {
    return List.copyOf(reports.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
