package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules of RFC 6455 that no WebSocket library breaks.
class SocketProtocolTest extends GatewayFixture {

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final int CLOSE = 0x8;
  private static final int FINAL = 0x80;

  private CompletableFuture<Integer> serviceHeard;

  @BeforeEach
  void openSockets() {
    serviceHeard = new CompletableFuture<>();
    CHAT.behave((_, response) ->
        response.sendWebsocket((in, _) -> {
          in.receiveCloseStatus().subscribe(status -> serviceHeard.complete(status.code()));
          return in.receive().then();
        }));
  }

  @Nested
  class AnOpeningHandshake {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "Sec-WebSocket-Version: 8",
          "Sec-WebSocket-Version: 13, 8",
          "Sec-WebSocket-Version: 13; Sec-WebSocket-Version: 8",
          "Sec-WebSocket-Version:",
          "X-No: version",
        })
    void ofAnotherVersionIsToldTheRightOne(String versions) {
      var request = handshake("GET", "Upgrade: websocket; Sec-WebSocket-Key: " + KEY, versions);

      var answer = request.send();

      assertThat(answer.status()).isEqualTo(426);
      assertThat(answer.problem()).isEqualTo("upgrade-required");
      assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
      assertThat(answer.header("Upgrade")).isEqualTo("websocket");
      assertThat(CHAT.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-No: key",
          "Sec-WebSocket-Key:",
          "Sec-WebSocket-Key: abc",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=!",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZSBvZg==",
          "Sec-WebSocket-Key: " + KEY + "; Sec-WebSocket-Key: " + KEY,
        })
    void needsAKey(String keys) {
      var request = handshake("GET", "Upgrade: websocket; Sec-WebSocket-Version: 13", keys);

      assertThat(request.send().problem()).isEqualTo("invalid-request");
      assertThat(CHAT.seen()).isEmpty();
    }

    @Test
    void isAGet() {
      for (var method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
        var answer = handshake(method, right()).send();

        assertThat(answer.status()).as(method).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET");
      }
      assertThat(CHAT.seen()).isEmpty();
    }

    @Test
    void isOfHttp11() {
      var answer = handshake("GET", right()).version("HTTP/1.0").send();

      assertThat(answer.problem()).isEqualTo("invalid-request");
      assertThat(CHAT.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "keep-alive", "Upgraded"})
    void saysConnectionUpgrade(String connection) {
      var answer = plain("GET", right()).header("Connection", connection).keepingAlive().send();

      assertThat(answer.problem()).isEqualTo("invalid-request");
      assertThat(answer.header("Upgrade")).isEqualTo("websocket");
      assertThat(CHAT.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-No: upgrade", "Upgrade: h2c", "Upgrade: h2c, websocket"})
    void saysUpgradeWebsocket(String upgrade) {
      var answer =
          handshake("GET", "Sec-WebSocket-Version: 13; Sec-WebSocket-Key: " + KEY, upgrade).send();

      assertThat(answer.problem()).isEqualTo("invalid-request");
      assertThat(CHAT.seen()).isEmpty();
    }
  }

  @Nested
  class ACloseFrame {

    @ParameterizedTest
    @ValueSource(
        ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_768, 65_535})
    void ofACodeThatNobodyMaySendIsAProtocolError(int code) throws Exception {
      assertThat(answerTo(close(code, ""))).isEqualTo(1002);
      assertThat(serviceHeard.get(30, TimeUnit.SECONDS)).isEqualTo(1002);
    }

    @Test
    void ofHalfACodeIsAProtocolError() throws Exception {
      assertThat(answerTo(frame(FINAL | CLOSE, new byte[] {3}))).isEqualTo(1002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00ff", "\u00e4\u00bd", "\u00c0\u0080", "\u00ed\u00a0\u0080"})
    void whoseReasonIsNoUtf8IsBadData(String reason) throws Exception {
      assertThat(answerTo(close(1000, reason))).isEqualTo(1007);
      assertThat(serviceHeard.get(30, TimeUnit.SECONDS)).isEqualTo(1007);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999})
    void ofEveryOtherCodePasses(int code) throws Exception {
      assertThat(answerTo(close(code, "\u00e4\u00bd\u00a0"))).isEqualTo(code);
      assertThat(serviceHeard.get(30, TimeUnit.SECONDS)).isEqualTo(code);
    }

    @Test
    void withoutACodeIsAnsweredWithoutOne() throws Exception {
      assertThat(answerTo(frame(FINAL | CLOSE, new byte[0]))).isEqualTo(-1);
    }
  }

  @Nested
  class AFrame {

    @Test
    void thatIsNotMaskedIsAProtocolError() throws Exception {
      assertThat(answerTo(new byte[] {(byte) 0x81, 1, 'x'})).isEqualTo(1002);
    }

    @Test
    void withAReservedBitOrAnUnknownCodeIsAProtocolError() throws Exception {
      assertThat(answerTo(frame(0xc1, new byte[0]))).isEqualTo(1002);
      assertThat(answerTo(frame(0x83, new byte[0]))).isEqualTo(1002);
    }

    @Test
    void outOfOrderIsAProtocolError() throws Exception {
      assertThat(answerTo(frame(0x80, new byte[0]))).isEqualTo(1002);
      assertThat(answerTo(frame(0x09, new byte[0]))).isEqualTo(1002);
    }

    @Test
    void pastTheLimitIsTooBig() throws Exception {
      var head = ByteBuffer.allocate(14).put((byte) 0x82).put((byte) 0xff);

      assertThat(answerTo(head.putLong((1 << 20) + 1).putInt(0).array())).isEqualTo(1009);
    }
  }

  private static String right() {
    return "Upgrade: websocket; Sec-WebSocket-Version: 13; Sec-WebSocket-Key: " + KEY;
  }

  private RawRequest handshake(String method, String... fields) {
    return plain(method, fields).header("Connection", "Upgrade").keepingAlive();
  }

  /// @param fields each with fields that `; ` separates
  private RawRequest plain(String method, String... fields) {
    var request = request(method, "/api/socket").header("Authorization", "Bearer own-token");
    for (var field : String.join("; ", fields).split("; ")) {
      var colon = field.indexOf(':');
      request.header(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    return request;
  }

  private static byte[] close(int code, String reason) {
    var payload = new ByteArrayOutputStream();
    payload.write(code >> 8);
    payload.write(code);
    payload.writeBytes(reason.getBytes(ISO_8859_1));
    return frame(FINAL | CLOSE, payload.toByteArray());
  }

  /// A frame whose mask changes nothing.
  private static byte[] frame(int first, byte[] payload) {
    return ByteBuffer.allocate(6 + payload.length)
        .put((byte) first)
        .put((byte) (0x80 | payload.length))
        .putInt(0)
        .put(payload)
        .array();
  }

  /// The code of the close frame that answers `frame`; -1 if it has none. The connection must end
  /// after it.
  private int answerTo(byte[] frame) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(handshake("GET", right()).head());
      var in = socket.getInputStream();
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
      socket.getOutputStream().write(frame);
      assertThat(in.read()).as("a close frame").isEqualTo(FINAL | CLOSE);
      int length = in.read();
      var payload = in.readNBytes(length);
      assertThat(in.read()).as("the end").isEqualTo(-1);
      return length == 0 ? -1 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }
  }
}
