package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// The service while PostgreSQL is away, and when it is back.
@Tag("docker")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class PostgresAwayTest {

  /// Two seconds are promised, to a machine that has time. Without limits it would be forever.
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static TcpRelay relay;

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    URI server = URI.create(PostgresServer.newDatabase().substring("jdbc:".length()));
    relay = new TcpRelay(server.getHost(), server.getPort());
    properties.add(
        "tercet.database.url",
        () -> "jdbc:postgresql://127.0.0.1:" + relay.port() + server.getPath());
    properties.add("tercet.database.user", () -> "test");
    properties.add("tercet.database.password", () -> "test");
  }

  @AfterEach
  void resume() {
    relay.resume();
  }

  @AfterAll
  static void close() throws IOException {
    relay.close();
  }

  @Test
  void answersAtOnceThatItIsUnavailableWhenTheServerEnds() {
    ChatClient ada = ChatClient.register(port, "ada");
    assertUnavailableUntilItIsBack(ada, relay::cut);
  }

  @Test
  void answersAtOnceThatItIsUnavailableWhenTheServerNoLongerAnswers() {
    ChatClient grace = ChatClient.register(port, "grace");
    assertUnavailableUntilItIsBack(grace, relay::freeze);
  }

  private void assertUnavailableUntilItIsBack(ChatClient client, Runnable fault) {
    ChatClient management = ChatClient.nobody(managementPort);
    String room = client.createRoom("room-of-" + client.personId(), "public");
    String messages = "/api/rooms/" + room + "/messages";
    assertThat(post(client, messages, "before").statusCode()).isEqualTo(201);

    fault.run();
    assertUnavailable(() -> client.get("/api/rooms"));
    assertUnavailable(() -> post(client, messages, "away"));
    assertUnavailable(() -> client.get(messages + "?after=0"));
    assertUnavailable(() -> ChatClient.nobody(port).post("/api/session", Map.of("name", "guest")));
    assertThat(inTime(() -> management.get("/actuator/health/readiness")).statusCode())
        .isEqualTo(503);
    assertThat(management.get("/actuator/health/liveness").statusCode()).isEqualTo(200);

    relay.resume();
    awaitReady(management);
    assertThat(post(client, messages, "after").statusCode()).isEqualTo(201);
    Set<String> texts = new LinkedHashSet<>();
    for (JsonNode entry : body(client.get(messages + "?after=1")).get("entries")) {
      texts.add(entry.get("text").stringValue());
    }
    assertThat(texts).containsExactly("before", "after");
  }

  /// The pool connects again by itself; how soon depends on the driver's time-out.
  private static void awaitReady(ChatClient management) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (management.get("/actuator/health/readiness").statusCode() != 200) {
      assertThat(System.nanoTime()).as("ready again").isLessThan(deadline);
    }
  }

  private static HttpResponse<String> post(ChatClient client, String path, String text) {
    return client.post(path, Map.of("clientMessageId", text, "text", text));
  }

  private static void assertUnavailable(Supplier<HttpResponse<String>> request) {
    HttpResponse<String> response = inTime(request);
    assertProblem(response, 503, "service-unavailable");
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
  }

  private static HttpResponse<String> inTime(Supplier<HttpResponse<String>> request) {
    long from = System.nanoTime();
    HttpResponse<String> response = request.get();
    assertThat(Duration.ofNanos(System.nanoTime() - from))
        .as(() -> response.uri().toString())
        .isLessThan(ANSWER_MAX);
    return response;
  }
}
