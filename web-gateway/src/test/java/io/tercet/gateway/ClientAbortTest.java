package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Clients that go in the middle of a request, many times.
class ClientAbortTest extends GatewayFixture {

  private static final int TIMES = 100;

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @Autowired MeterRegistry metrics;

  @BeforeEach
  void listen() {
    written.start();
    root.addAppender(written);
  }

  @AfterEach
  void forget() {
    root.detachAppender(written);
  }

  @Test
  void areCountedAndNotLoggedDuringAnUpload() throws Exception {
    FILES.behave((request, response) -> request.receive().then().then(response.send()));
    abort(
        TIMES,
        () ->
            request("PUT", "/api/files/people/me/a")
                .header("Authorization", "Bearer own-token")
                .header("Content-Length", "1000000")
                .rawBody("begun"),
        () -> FILES.seen().size());
  }

  @Test
  void areCountedAndNotLoggedDuringACall() throws Exception {
    double before = aborts();
    var call =
        request("POST", "/api/rooms")
            .header("Authorization", "Bearer own-token")
            .header("Content-Length", "1000")
            .rawBody("{")
            .octets();
    for (int i = 0; i < TIMES; i++) {
      double counted = before + i + 1;
      try (var socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(call);
        await().atMost(Duration.ofSeconds(60)).until(() -> heldBytes() == 1);
        reset(socket);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> aborts() == counted && heldBytes() == 0);
    }
    assertThatNothingIsLogged();
  }

  @Test
  void areCountedAndNotLoggedWhileTheyWaitForAnAnswer() throws Exception {
    PAGES.behave((_, _) -> Mono.never());
    abort(TIMES, () -> request("GET", "/"), () -> PAGES.seen().size());
  }

  @Test
  void areCountedAndNotLoggedDuringADownload() throws Exception {
    ByteBuf part = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[65_536]));
    PAGES.behave(
        (_, response) -> response.send(Flux.range(0, 1000).map(_ -> part.duplicate()), _ -> true));
    // When the last write fails, the answer may have ended as far as the gateway can tell.
    abort(TIMES / 2, () -> request("GET", "/"), () -> PAGES.seen().size());
  }

  private void abort(int countedMin, Supplier<RawRequest> requests, Supplier<Integer> arrived)
      throws Exception {
    double before = aborts();
    for (int i = 0; i < TIMES; i++) {
      int seen = arrived.get();
      try (var socket = new Socket("127.0.0.1", port)) {
        socket.getOutputStream().write(requests.get().octets());
        await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(Duration.ofSeconds(60))
            .until(() -> arrived.get() > seen);
        reset(socket);
      }
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> assertThat(aborts() - before).isBetween((double) countedMin, (double) TIMES));
    assertThatNothingIsLogged();
  }

  private void assertThatNothingIsLogged() {
    assertThat(written.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
        .extracting(ILoggingEvent::toString)
        .isEmpty();
  }

  /// Ends the connection as a client does that is killed.
  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
  }

  private double heldBytes() {
    return metrics.get("tercet.gateway.bodies").gauge().value();
  }

  private double aborts() {
    return metrics.get("tercet.gateway.aborts").counter().count();
  }
}
