package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// Clients that close their sending side, as `nc -N` does.
class HalfCloseTest extends GatewayFixture {

  @Test
  void getTheirAnswerAndThenTheEnd() throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(request("GET", "/api/rooms").keepingAlive().head());
      socket.shutdownOutput();

      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("chat");
    }
  }

  @Test
  void getAnAnswerThatTakesAWhile() throws IOException {
    var mayAnswer = Sinks.<String>one();
    CHAT.behave((_, response) -> response.sendString(mayAnswer.asMono()));
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(request("POST", "/api/rooms").keepingAlive().body("{}").octets());
      socket.shutdownOutput();
      await().atMost(Duration.ofSeconds(30)).until(() -> !CHAT.seen().isEmpty());

      mayAnswer.tryEmitValue("late").orThrow();

      assertThat(rest(socket)).startsWith("HTTP/1.1 200 ").contains("late");
    }
  }

  @Test
  void getTheAnswersToAllTheirRequests() throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(request("GET", "/api/rooms").keepingAlive().head());
      socket.getOutputStream().write(request("GET", "/api/sites").keepingAlive().head());
      socket.getOutputStream().write(request("GET", "/").keepingAlive().head());
      socket.shutdownOutput();

      assertThat(rest(socket)).containsSubsequence("chat", "files", "pages");
    }
  }

  @Test
  void haveGoneIfTheyCloseItWithinABody() throws IOException {
    var outcome = new CompletableFuture<String>();
    FILES.behave((request, response) ->
        request
            .receive()
            .then()
            .doOnSuccess(_ -> outcome.complete("whole"))
            .doOnError(_ -> outcome.complete("cut"))
            .doOnCancel(() -> outcome.complete("cut"))
            .then(response.send()));
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(request("PUT", "/api/files/people/me/a").header("Content-Length", "1000").head());
      socket.getOutputStream().write(new byte[10]);
      await().atMost(Duration.ofSeconds(30)).until(() -> !FILES.seen().isEmpty());
      socket.shutdownOutput();

      assertThat(rest(socket)).isEmpty();
      assertThat(outcome.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("cut");
    }
  }

  @Test
  void haveGoneIfTheyCloseItBetweenRequests() throws IOException {
    try (var socket = connect()) {
      socket.getOutputStream().write(request("GET", "/api/rooms").keepingAlive().head());
      var read = new StringBuilder();
      while (read.indexOf("chat") < 0) {
        read.append((char) socket.getInputStream().read());
      }
      socket.shutdownOutput();

      assertThat(rest(socket)).isIn("", "\r\n0\r\n\r\n");
    }
  }

  @Test
  void haveGoneIfTheyCloseItOnAWebSocket() throws IOException {
    var closed = new CompletableFuture<String>();
    CHAT.behave((_, response) ->
        response.sendWebsocket((in, _) ->
            in.receive()
                .then()
                .doFinally(_ -> closed.complete("closed"))
                .onErrorResume(_ -> Mono.empty())));
    try (var socket = connect()) {
      socket
          .getOutputStream()
          .write(
              request("GET", "/api/socket")
                  .keepingAlive()
                  .header("Authorization", "Bearer own-token")
                  .header("Connection", "Upgrade")
                  .header("Upgrade", "websocket")
                  .header("Sec-WebSocket-Version", "13")
                  .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                  .head());
      assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
          .isEqualTo("HTTP/1.1 101");
      socket.shutdownOutput();

      assertThat(closed.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("closed");
      assertThat(rest(socket)).isNotNull();
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(30_000);
    return socket;
  }

  /// Everything until the gateway closes the connection.
  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }
}
