package io.tercet.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Every answer has an id, and that of an error stands in the log and in its problem.
class RequestIdTest extends GatewayFixture {

  private static final String FRESH = "[0-9a-f]{16}";
  private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeEach
  void listen() {
    written.start();
    root.addAppender(written);
  }

  @AfterEach
  void stopListening() {
    root.detachAppender(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NONSENSE\r\n\r\n",
        "GET /%zz" + END + "\r\n",
        "GET /%" + END + "\r\n",
        "GET /a|b" + END + "\r\n",
        "GET /;jsessionid=1" + END + "Bad Header: 1\r\n\r\n",
        "GET /api/rooms/..%2finternal" + END + "\r\n",
        "GET /api/rooms/../internal" + END + "\r\n",
        "GET /internal/x" + END + "\r\n",
        "GET /api/nothing" + END + "\r\n",
        "GET /api/rooms HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /api/rooms HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        "GET /api/rooms" + END + "Host: localhost\r\n\r\n",
        "TRACE /" + END + "\r\n",
        "BREW /" + END + "\r\n",
        "POST /api/rooms" + END + "Content-Length: x\r\n\r\n",
        "POST /api/rooms" + END + "Content-Length: 65537\r\n\r\n",
        "POST /api/rooms" + END + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "PUT /api/files/people/me/a" + END + "\r\n",
        "GET /api/socket" + END + "\r\n",
      })
  void ofABadRequestIsInTheAnswerAndInTheLog(String octets) throws IOException {
    assertThatTheErrorIsNamed(ask(octets));
  }

  @Test
  void ofARequestThatIsTooLongIsInTheAnswerAndInTheLog() throws IOException {
    assertThatTheErrorIsNamed(ask("GET /" + "a".repeat(20_000) + END + "\r\n"));
    assertThatTheErrorIsNamed(ask("GET /" + END + "X-A: " + "a".repeat(40_000) + "\r\n\r\n"));
  }

  @Test
  void ofAServiceThatFailsIsInTheAnswerAndInTheLog() throws IOException {
    CHAT.behave((request, _) -> {
      request.withConnection(connection -> connection.dispose());
      return Mono.never();
    });

    assertThatTheErrorIsNamed(ask("GET /api/rooms" + END + "\r\n"));
  }

  @Test
  void goesToTheServiceAndReplacesThatOfTheClient() {
    var answer = request("GET", "/api/rooms").header("X-Request-Id", "forged-by-a-client").send();

    assertThat(answer.header("X-Request-Id")).matches(FRESH);
    assertThat(CHAT.onlyRequest().headers().getAll("X-Request-Id"))
        .containsExactly(answer.header("X-Request-Id"));
  }

  @Test
  void isOneInTheAnswerWhateverTheServiceSays() {
    CHAT.behave((_, response) ->
        response.status(404).header("X-Request-Id", "another").sendString(Mono.just("x")));

    var answer = request("GET", "/api/rooms").send();

    assertThat(answer.headers().get("x-request-id")).singleElement().asString().matches(FRESH);
    assertThat(written.list)
        .anySatisfy(event ->
            assertThat(event.getFormattedMessage())
                .isEqualTo(
                    "answered id=%s method=GET status=404"
                        .formatted(answer.header("X-Request-Id"))));
  }

  @Test
  void ofAnAnswerWithoutAnErrorIsNotLogged() {
    var answer = request("GET", "/api/rooms").send();

    assertThat(answer.header("X-Request-Id")).matches(FRESH);
    assertThat(written.list)
        .noneMatch(event -> event.getFormattedMessage().contains(answer.header("X-Request-Id")));
  }

  private void assertThatTheErrorIsNamed(String answer) {
    var parts = answer.split("\r\n\r\n", 2);
    assertThat(parts[0]).containsIgnoringCase("content-type: application/problem+json");
    var id = JsonMapper.shared().readTree(parts[1]).get("requestId").asString();
    assertThat(id).matches(FRESH);
    assertThat(parts[0]).containsIgnoringCase("x-request-id: " + id);
    assertThat(written.list)
        .anyMatch(event -> event.getFormattedMessage().contains("id=" + id + " "));
  }

  private String ask(String octets) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }
}
