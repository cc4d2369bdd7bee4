package io.tercet.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The handshake of RFC 6455 §4.2.1, byte by byte: a right one opens a WebSocket, a wrong one gets
/// a problem that says what is wrong.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class HandshakeTest {

  @TempDir static Path folder;

  private static ChatClient ada;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeAll
  static void registers(@LocalServerPort int port) {
    ada = ChatClient.register(port, "ada");
  }

  @Test
  void opensAWebSocket() {
    RawHandshake.Answer answer = RawHandshake.of(ada).send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(101);
    assertThat(answer.header("Upgrade")).hasValue("websocket");
    assertThat(answer.header("Connection")).hasValue("Upgrade");
    // Computed in RFC 6455 §1.3 from this key.
    assertThat(answer.header("Sec-WebSocket-Accept")).hasValue("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"upgrade", "UPGRADE", "keep-alive, Upgrade"})
  void findsTheUpgradeAmongTheOptionsOfTheConnectionInAnyCase(String connection) {
    assertThat(RawHandshake.of(ada).with("Connection", connection).send().status()).isEqualTo(101);
    assertThat(RawHandshake.of(ada).with("Upgrade", "WebSocket").send().status()).isEqualTo(101);
  }

  @Test
  void compressesNothingAndChoosesNoSubprotocol() {
    RawHandshake.Answer answer =
        RawHandshake.of(ada)
            .with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
            .with("Sec-WebSocket-Protocol", "chat, superchat")
            .send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(101);
    assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
    assertThat(answer.header("Sec-WebSocket-Protocol")).isEmpty();
  }

  /// A cookie opens nothing here, so the Origin is web-gateway's to check.
  @ParameterizedTest
  @ValueSource(strings = {"http://elsewhere.example", "null", "http://[", "not an origin"})
  void doesNotLookAtTheOrigin(String origin) {
    assertThat(RawHandshake.of(ada).with("Origin", origin).send().status()).isEqualTo(101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "12", "14", "13, 8", "thirteen"})
  void namesItsVersionToAClientOfAnother(String version) {
    namesItsVersion(RawHandshake.of(ada).with("Sec-WebSocket-Version", version));
  }

  @Test
  void namesItsVersionToAClientThatSendsNoneOrTwo() {
    namesItsVersion(RawHandshake.of(ada).without("Sec-WebSocket-Version"));
    namesItsVersion(RawHandshake.of(ada).with("sec-websocket-version", "8"));
  }

  private static void namesItsVersion(RawHandshake handshake) {
    RawHandshake.Answer answer = refuses(handshake, 426, "upgrade-required");
    assertThat(answer.header("Sec-WebSocket-Version")).hasValue("13");
    assertThat(answer.header("Upgrade")).hasValue("websocket");
    assertThat(answer.header("Connection")).hasValue("Upgrade");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        // 15, 17 and 18 bytes.
        "MTIzNDU2Nzg5MDEyMzQ1",
        "MTIzNDU2Nzg5MDEyMzQ1Njc=",
        "MTIzNDU2Nzg5MDEyMzQ1Njc4",
        // Without its padding, and of another alphabet.
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25j_-==",
        "!!!!!!!!!!!!!!!!!!!!!!!!"
      })
  void refusesAKeyThatIsNot16BytesInBase64(String key) {
    RawHandshake.Answer answer =
        refuses(RawHandshake.of(ada).with("Sec-WebSocket-Key", key), 400, "invalid-request");
    assertThat(answer.problem().get("detail").stringValue()).contains("Sec-WebSocket-Key");
  }

  @Test
  void refusesAMissingKeyAndTwoKeys() {
    refuses(RawHandshake.of(ada).without("Sec-WebSocket-Key"), 400, "invalid-request");
    refuses(
        RawHandshake.of(ada).with("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        400,
        "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2c", "websocket2", "websocket, h2c"})
  void refusesAnUpgradeToAnotherProtocol(String protocol) {
    namesItsProtocol(RawHandshake.of(ada).with("Upgrade", protocol));
  }

  @Test
  void refusesARequestThatAsksForNoUpgrade() {
    namesItsProtocol(RawHandshake.of(ada).without("Upgrade"));
    namesItsProtocol(RawHandshake.of(ada).without("Upgrade").without("Connection"));
  }

  private static void namesItsProtocol(RawHandshake handshake) {
    assertThat(refuses(handshake, 400, "invalid-request").header("Upgrade")).hasValue("websocket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep-alive", "upgraded", "close"})
  void refusesAConnectionThatIsNotToBeUpgraded(String connection) {
    refuses(RawHandshake.of(ada).with("Connection", connection), 400, "invalid-request");
  }

  @Test
  void refusesAnUpgradeWithoutAConnectionHeader() {
    RawHandshake.Answer answer =
        refuses(RawHandshake.of(ada).without("Connection"), 400, "invalid-request");
    assertThat(answer.problem().get("detail").stringValue()).contains("Connection: Upgrade");
  }

  @Test
  void refusesHttp10() {
    refuses(RawHandshake.of(ada).requestLine("GET /api/socket HTTP/1.0"), 400, "invalid-request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void refusesAnotherMethod(String method) {
    RawHandshake handshake = RawHandshake.of(ada).with("Content-Length", "0");
    RawHandshake.Answer answer =
        refuses(handshake.requestLine(method + " /api/socket HTTP/1.1"), 405, "method-not-allowed");
    assertThat(answer.header("Allow")).hasValue("GET");
  }

  @ParameterizedTest
  @ValueSource(strings = {";;", "=", "a; b=\"", ", ,"})
  void answersExtensionsThatCannotBeReadWithNoServerError(String extensions) {
    RawHandshake.Answer answer =
        RawHandshake.of(ada).with("Sec-WebSocket-Extensions", extensions).send();
    assertThat(answer.status()).as(answer.body()).isIn(101, 400);
    assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
  }

  @Test
  void refusesWhoeverHasNoTokenBeforeItLooksAtTheHandshake() {
    for (RawHandshake handshake :
        new RawHandshake[] {
          RawHandshake.of(ada).without("Authorization"),
          RawHandshake.of(ada).with("Authorization", "Bearer nonsense"),
          RawHandshake.of(ada).without("Authorization").with("Sec-WebSocket-Version", "8")
        }) {
      RawHandshake.Answer answer = refuses(handshake, 401, "unauthenticated");
      assertThat(answer.header("WWW-Authenticate")).hasValue("Bearer");
    }
  }

  private static RawHandshake.Answer refuses(RawHandshake handshake, int status, String slug) {
    RawHandshake.Answer answer = handshake.send();
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type"))
        .as(answer.body())
        .hasValue("application/problem+json");
    assertThat(answer.problem().get("type").stringValue()).isEqualTo("urn:tercet:problem:" + slug);
    assertThat(answer.problem().get("status").intValue()).isEqualTo(status);
    return answer;
  }
}
