package io.tercet.files.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every error at this door is a problem, whoever finds it: Tomcat, a filter or a controller. It
/// has an id, which stands in the log.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorAnswersTest {
  private static final String END = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private ListAppender<ILoggingEvent> written;
  private ChatStub chat;
  private RunningService service;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service = RunningService.start(data, chat);
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @BeforeEach
  void listen() {
    written = new ListAppender<>();
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
        "GET /api/files/people/me/a;jsessionid=1" + END + "Accept: text/html\r\n\r\n",
        "GET /;jsessionid=1" + END + "\r\n",
        "GET /api/files/..%252f..%252finternal" + END + "Accept: text/html\r\n\r\n",
        "GET /api/files/people/me/..%2finternal" + END + "\r\n",
        "GET /api/files/people/me/%00" + END + "\r\n",
        "GET /api/files/people/me/%zz" + END + "\r\n",
        "GET /api/files/people/me/%ff%fe" + END + "\r\n",
        "GET /api/files HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /api/files" + END + "Host: other\r\n\r\n",
        "GET /api/files HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        "GET /api/files" + END + "Bad Header: x\r\n\r\n",
        "GET ftp://x/y" + END + "\r\n",
        "CONNECT a:1" + END + "\r\n",
        "TRACE /api/files" + END + "\r\n",
        "BREW /api/files" + END + "\r\n",
        "POST /api/files/moves" + END + "Content-Length: x\r\n\r\n",
        "POST /api/files/moves" + END + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /api/files/moves" + END + "Expect: 200-ok\r\nContent-Length: 0\r\n\r\n",
        "GET /error" + END + "Accept: text/html\r\n\r\n",
        "GET /nothing" + END + "Accept: text/html\r\n\r\n",
        "GET /api/sites" + END + "\r\n",
      })
  void isAProblemWithAnIdThatStandsInTheLog(String octets) throws Exception {
    assertThatTheErrorIsNamed(service.raw(octets));
  }

  @Test
  void ofARequestThatIsTooLongIsAProblemToo() throws Exception {
    assertThatTheErrorIsNamed(service.raw("GET /" + "a".repeat(100_000) + END + "\r\n"));
    assertThatTheErrorIsNamed(
        service.raw("GET /" + END + "X-A: " + "a".repeat(100_000) + "\r\n\r\n"));
  }

  @Test
  void hasTheIdThatTheGatewayGaveIt() throws Exception {
    String answer = service.raw("GET /api/sites" + END + "X-Request-Id: 0123456789abcdef\r\n\r\n");

    assertThat(assertThatTheErrorIsNamed(answer)).isEqualTo("0123456789abcdef");
  }

  @Test
  void hasAnIdOfItsOwnInPlaceOfOneThatIsNotWellFormed() throws Exception {
    String answer = service.raw("GET /api/sites" + END + "X-Request-Id: <b>bold</b>\r\n\r\n");

    assertThat(assertThatTheErrorIsNamed(answer)).matches("[0-9a-f]{16}");
  }

  @Test
  void hasTheIdThatChatServiceWasAskedWith() throws Exception {
    Person ada = chat.person("ada");

    service.get(
        ada, "/api/files/rooms/" + UUID.randomUUID() + "/", "X-Request-Id", "0123456789abcdef");

    assertThat(chat.requestIds()).contains("0123456789abcdef");
  }

  private String assertThatTheErrorIsNamed(String answer) {
    String[] parts = answer.split("\r\n\r\n", 2);
    assertThat(parts[0]).containsIgnoringCase("content-type: application/problem+json");
    JsonNode problem = JsonMapper.shared().readTree(body(parts));
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
}
