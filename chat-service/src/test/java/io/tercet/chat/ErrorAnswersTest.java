package io.tercet.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Every error at this door is a problem, whoever finds it: Jetty, a filter or a handler. It has an
/// id, which stands in the log.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ErrorAnswersTest {

  private static final String KEPT = " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String END = KEPT + "Connection: close\r\n";

  @TempDir static Path folder;

  @LocalServerPort int port;

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeEach
  void listen() {
    written.start();
    root.addAppender(written);
  }

  @AfterEach
  void forget() {
    root.detachAppender(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /api/rooms;jsessionid=1" + END + "\r\n",
        "GET /api/rooms;jsessionid=1" + END + "Accept: text/html\r\n\r\n",
        "GET /;jsessionid=1" + END + "\r\n",
        "GET /api/rooms/..%252f..%252finternal" + END + "Accept: text/html\r\n\r\n",
        "GET /api/rooms/..%2finternal" + END + "\r\n",
        "GET /api/rooms/%00" + END + "\r\n",
        "GET /api/rooms/%zz" + END + "\r\n",
        "GET /api/rooms/%ff%fe" + END + "\r\n",
        "GET /api/rooms/%5c..%5c" + END + "\r\n",
        "GET /api/people?name=%ff%fe" + END + "\r\n",
        "GET /api/rooms HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /api/rooms" + END + "Host: other\r\n\r\n",
        "GET /api/rooms HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        "GET /api/rooms" + END + "Bad Header: x\r\n\r\n",
        "GET ftp://x/y" + END + "\r\n",
        "OPTIONS *" + END + "\r\n",
        "TRACE /api/rooms" + END + "\r\n",
        "BREW /api/rooms" + END + "\r\n",
        "POST /api/session" + END + "Content-Length: x\r\n\r\n",
        "POST /api/session" + END + "Expect: 200-ok\r\nContent-Length: 0\r\n\r\n",
        "POST /api/session" + END + "Content-Type: ///\r\nContent-Length: 2\r\n\r\n{}",
        "POST /api/session" + END + "Content-Length: 65537\r\n\r\n",
        "GET /api/socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n",
        "GET /error" + END + "Accept: text/html\r\n\r\n",
        "GET /nothing" + END + "Accept: text/html\r\n\r\n",
        "GET /internal/x%0d%0a" + END + "\r\n",
        "GET /api/rooms" + END + "Cookie: =;;;\u0001\r\n\r\n",
      })
  void isAProblemWithAnIdThatStandsInTheLog(String octets) throws IOException {
    assertThatTheErrorIsNamed(ask(octets));
  }

  /// A client, such as the gateway, that does not know it sends its next request for nothing.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /api/rooms/%00" + KEPT + "\r\n",
        "PATCH /api/rooms/%00" + KEPT + "Content-Length: 2\r\n\r\n{}",
        "GET /api/rooms/%zz" + KEPT + "\r\n",
        "GET /api/rooms/%ff%fe" + KEPT + "\r\n",
        "GET /api/rooms/..%2finternal" + KEPT + "\r\n",
        "GET /api/rooms HTTP/1.1\r\n\r\n",
        "GET /api/rooms" + KEPT + "Bad Header: x\r\n\r\n",
        "TRACE /api/rooms" + KEPT + "\r\n",
        "POST /api/session" + KEPT + "Content-Length: x\r\n\r\n",
        "POST /api/session" + KEPT + "Content-Length: 65537\r\n\r\n",
        "GET /nothing" + KEPT + "\r\n",
      })
  void saysWhetherTheConnectionEnds(String octets) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
      String head = readTo("\r\n\r\n", socket);
      if (head.toLowerCase(Locale.ROOT).contains("connection: close\r\n")) {
        assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).endsWith("}");
      } else {
        readTo("}", socket);
        socket.getOutputStream().write(("GET /" + END + "\r\n").getBytes(ISO_8859_1));
        assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).contains("HTTP/1.1 ");
      }
    }
  }

  private static String readTo(String end, Socket socket) throws IOException {
    StringBuilder octets = new StringBuilder();
    while (octets.lastIndexOf(end) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("%s", octets).isNotNegative();
      octets.append((char) next);
    }
    return octets.toString();
  }

  @Test
  void ofARequestThatIsTooLongIsAProblemToo() throws IOException {
    assertThatTheErrorIsNamed(ask("GET /" + "a".repeat(100_000) + END + "\r\n"));
    assertThatTheErrorIsNamed(ask("GET /" + END + "X-A: " + "a".repeat(100_000) + "\r\n\r\n"));
  }

  @Test
  void hasTheIdThatTheGatewayGaveIt() throws IOException {
    String answer = ask("GET /api/rooms" + END + "X-Request-Id: 0123456789abcdef\r\n\r\n");

    assertThat(assertThatTheErrorIsNamed(answer)).isEqualTo("0123456789abcdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with a blank inside", "<script>alert(1)</script>"})
  void hasAnIdOfItsOwnInPlaceOfOneThatIsNotWellFormed(String id) throws IOException {
    String answer = ask("GET /api/rooms" + END + "X-Request-Id: " + id + "\r\n\r\n");

    assertThat(assertThatTheErrorIsNamed(answer)).matches("[0-9a-f]{16}");
  }

  @Test
  void ofARequestThatIsDoneIsNone() {
    Map<String, String> guest = Map.of("name", "hopper");

    assertThat(ChatClient.nobody(port).post("/api/session", guest).headers().map())
        .containsKey("x-request-id");
    assertThat(written.list).noneMatch(event -> event.getMessage().startsWith("answered"));
  }

  private String assertThatTheErrorIsNamed(String answer) {
    String[] parts = answer.split("\r\n\r\n", 2);
    assertThat(parts[0]).containsIgnoringCase("content-type: application/problem+json");
    JsonNode problem = ChatClient.JSON.readTree(body(parts));
    assertThat(problem.get("type").stringValue()).startsWith("urn:tercet:problem:");
    assertThat(parts[0]).startsWith("HTTP/1.1 " + problem.get("status").intValue() + " ");
    String id = problem.get("requestId").stringValue();
    assertThat(parts[0]).containsIgnoringCase("x-request-id: " + id);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(written.list)
                .anyMatch(event -> id.equals(event.getMDCPropertyMap().get("requestId"))));
    return id;
  }

  /// A problem needs no more than one chunk.
  private static String body(String[] parts) {
    return parts[1].substring(parts[1].indexOf('{'), parts[1].lastIndexOf('}') + 1);
  }

  private String ask(String octets) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
