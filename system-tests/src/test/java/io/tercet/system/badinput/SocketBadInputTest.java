package io.tercet.system.badinput;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Json;
import io.tercet.system.client.Person;
import io.tercet.system.client.RawConnection;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Frames and upgrades that must be refused, by an error frame or the close code of the contract.
@DrivesTheStack
class SocketBadInputTest {

  private final Stack stack;
  private final Person ada;
  private final String room;

  SocketBadInputTest(Stack stack) {
    this.stack = stack;
    this.ada = Person.guest(stack, "ada");
    this.room = ada.createsRoom("frames");
  }

  @AfterEach
  void aNewSocketStillTalks() {
    try (var socket = ChatClient.browser(ada)) {
      assertThat(ChatClient.type(socket.post(room, "still-here", "still here")))
          .isEqualTo("acknowledged");
    }
  }

  /// One of `contracts/chat/bad-client-frames.json`.
  record BadMessage(String why, JsonNode frame) {
    @Override
    public String toString() {
      return why;
    }
  }

  static Stream<BadMessage> badMessages() throws IOException {
    Path golden =
        Path.of(System.getProperty("tercet.root", "."), "contracts/chat/bad-client-frames.json");
    return Json.parse(Files.readString(golden))
        .valueStream()
        .map(each -> new BadMessage(each.path("why").asString(), each));
  }

  @ParameterizedTest
  @MethodSource("badMessages")
  void answersAsTheContractSays(BadMessage bad) {
    try (var socket = ChatClient.browser(ada)) {
      socket.send(bad.frame().path("message").asString());
      if (bad.frame().has("close")) {
        assertThat(socket.awaitClose()).isEqualTo(bad.frame().path("close").asInt());
        return;
      }
      JsonNode error = socket.answerTo("r1");

      assertThat(error.path("problem").asString())
          .isEqualTo(bad.frame().path("problem").asString());
      socket.send("{\"type\":\"ping\",\"requestId\":\"goes on\"}");
      assertThat(ChatClient.type(socket.answerTo("goes on"))).isEqualTo("pong");
    }
  }

  @Test
  void refusesAMessageThatIsTooLongOrEmptyAndGoesOn() {
    try (var socket = ChatClient.browser(ada)) {
      assertThat(problem(socket.post(room, "c1", "x".repeat(4_001)))).isEqualTo("message-too-long");
      assertThat(problem(socket.post(room, "c2", " "))).isEqualTo("message-empty");
      assertThat(problem(socket.post(room, "a b", "x"))).isEqualTo("invalid-frame");
      assertThat(problem(socket.post(room, "c".repeat(65), "x"))).isEqualTo("invalid-frame");
      assertThat(ChatClient.type(socket.post(room, "c3", "x".repeat(4_000))))
          .isEqualTo("acknowledged");
    }
  }

  @Test
  void closesOnAMessageThatIsTooBig() {
    try (var socket = ChatClient.browser(ada)) {
      socket.send("x".repeat(70_000));

      assertThat(socket.awaitClose()).isEqualTo(4502);
    }
  }

  private static String problem(JsonNode answer) {
    return answer.path("problem").asString("none");
  }

  @Test
  void opensNoSocketForAStranger() {
    refuses(Map.of(), 401);
    refuses(Map.of("Authorization", "Bearer nonsense"), 401);
    refuses(Map.of("Cookie", "tercet-session=nonsense", "Origin", "" + stack.origin()), 401);
  }

  @Test
  void opensNoSocketFromAnotherSite() {
    refuses(Map.of("Cookie", ada.cookie(), "Origin", "http://evil.example"), 403);
    refuses(Map.of("Cookie", ada.cookie()), 403);
  }

  private void refuses(Map<String, String> headers, int status) {
    assertThatThrownBy(() -> ChatClient.open(stack, headers))
        .hasCauseInstanceOf(WebSocketHandshakeException.class)
        .satisfies(failure ->
            assertThat(
                    ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode())
                .isEqualTo(status));
  }

  @Test
  void endsTheSocketOnAFrameOutOfOrder() throws IOException {
    try (RawConnection connection = RawConnection.to(stack.frontDoor())) {
      connection.send(
          """
          GET /api/socket HTTP/1.1\r
          Host: localhost:%d\r
          Origin: %s\r
          Cookie: %s\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          """
              .formatted(stack.port(), stack.origin(), ada.cookie()));
      assertThat(connection.statusLine()).startsWith("HTTP/1.1 101");

      // The end of a message that never began: FIN, continuation, masked, no bytes.
      connection.send(new String(new byte[] {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0}, ISO_8859_1));

      // 1002, a protocol error.
      assertThat(connection.rest()).contains("\u0003\u00ea");
    }
  }
}
