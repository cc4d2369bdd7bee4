package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.people.NameExamples;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Names and display names over HTTP and WebSocket.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class NamesTest {

  @TempDir static Path folder;
  @LocalServerPort int port;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat.db"));
  }

  @Test
  void sayWhichNameTheyResemble() {
    ChatClient ada = ChatClient.register(port, "modern");
    HttpResponse<String> refused = register("modem", null);
    assertProblem(refused, 409, "name-resembles");
    assertThat(body(refused).get("resembles").stringValue()).isEqualTo("modern");
    assertThat(body(refused).get("detail").stringValue()).contains("modern");
    assertProblem(
        ChatClient.nobody(port).post("/api/session", Map.of("name", "mоdern")),
        409,
        "name-resembles");
    assertProblem(ada.post("/api/rooms", Map.of("name", "lоbby")), 409, "name-resembles");
    assertProblem(ada.post("/api/rooms", Map.of("name", "lobby\u3164")), 400, "invalid-name");
  }

  @Test
  void thatLookAlikeAndComeAtOnceGoToOnePerson() {
    List<Integer> answers =
        Stream.of("corner", "comer", "соrner", "CORNER")
            .map(name -> CompletableFuture.supplyAsync(() -> register(name, null).statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();
    assertThat(answers).containsExactly(201, 409, 409, 409);
  }

  @Test
  void neverBreakTheService() {
    Stream.of("invalidNames", "blankMessages", "visibleMessages")
        .flatMap(list -> NameExamples.texts(list).stream())
        .forEach(text -> assertThat(register(text, text).statusCode()).isNotEqualTo(500));
  }

  @Test
  void areShownAsTheirPeopleWriteThem() {
    HttpResponse<String> registered = register("John.Smith", "John  Smith");
    assertThat(registered.statusCode()).isEqualTo(201);
    assertThat(body(registered).get("displayName").stringValue()).isEqualTo("John Smith");
    assertProblem(register("mallory", "John Smith"), 409, "name-taken");

    ChatClient nobody = ChatClient.nobody(port);
    JsonNode grant =
        body(
            nobody.post(
                "/api/session/token", Map.of("name", "john smith", "password", "a long password")));
    ChatClient john = nobody.with(grant.get("token").stringValue());
    JsonNode found = body(john.get("/api/people?name=John%20Smith")).get("people").get(0);
    assertThat(found.get("name").stringValue()).isEqualTo("John.Smith");
    String room = john.createRoom("johns", "public");
    TestSocket socket = john.socket();
    assertThat(socket.next("welcome").get("person").get("displayName").stringValue())
        .isEqualTo("John Smith");
    socket.subscribe(room, 0);
    assertThat(socket.next("entry").get("displayName").stringValue()).isEqualTo("John Smith");
    socket.close();
  }

  @Test
  void ofGuestsKeepTheirDisplayName() {
    ChatClient nobody = ChatClient.nobody(port);
    HttpResponse<String> entered =
        nobody.post("/api/session", Map.of("name", "Anna.Lee", "displayName", "Anna Lee"));
    assertThat(body(entered).get("displayName").stringValue()).isEqualTo("Anna Lee");
  }

  private HttpResponse<String> register(String name, String displayName) {
    return ChatClient.nobody(port)
        .post(
            "/api/people",
            displayName == null
                ? Map.of("name", name, "password", "a long password")
                : Map.of("name", name, "displayName", displayName, "password", "a long password"));
  }
}
