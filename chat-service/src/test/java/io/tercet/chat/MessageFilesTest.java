package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Messages with files, over HTTP, and what sockets learn of them. Ada owns the room, grace is a
/// member; file-service confirms files. The first message is the third entry.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class MessageFilesTest {

  @TempDir static Path folder;

  @LocalServerPort int port;

  private ChatClient ada;
  private ChatClient grace;
  private ChatClient service;
  private String room;
  private String messages;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeEach
  void makeARoom() throws Exception {
    ada = ChatClient.register(port, name());
    grace = ChatClient.register(port, name());
    service = ada.with(ChatServiceContract.serviceToken());
    room = ada.createRoom(name(), "public");
    messages = "/api/rooms/" + room + "/messages";
    assertThat(grace.put("/api/rooms/" + room + "/members/me").statusCode()).isEqualTo(204);
  }

  @Test
  void areOneEntryThatEverybodySeesAsItWasStored() {
    Map<String, Object> picture = confirmed(grace);
    Map<String, Object> notes = confirmed(grace, file("notes.txt"));
    TestSocket socket = ada.socket();
    socket.next("welcome");
    socket.subscribe(room, 2);

    HttpResponse<String> sent = post(grace, "id", "", notes, picture);

    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    JsonNode live = socket.next("entry");
    assertThat(live.get("kind").stringValue()).isEqualTo("message");
    assertThat(live.get("text").stringValue()).isEmpty();
    JsonNode files = ChatClient.JSON.valueToTree(List.of(notes, picture));
    assertThat(live.get("files")).isEqualTo(files);
    socket.close();
    assertThat(body(ada.get(messages + "/3")).get("files")).isEqualTo(files);
    JsonNode log = body(ada.get("/api/rooms/" + room + "/entries?after=2")).get("entries");
    assertThat(log).hasSize(1);
    assertThat(log.get(0).get("files")).isEqualTo(files);
    assertThat(post(grace, "id", "", notes, picture).statusCode()).isEqualTo(200);
    assertThat(body(ada.get("/api/rooms/" + room)).get("unread").intValue()).isEqualTo(1);
  }

  @Test
  void areSentOverASocketToo() {
    Map<String, Object> picture = file("a.png");
    TestSocket socket = ada.socket();
    socket.next("welcome");

    socket.send(frame("c", "The engine", picture));
    JsonNode early = socket.next("error");
    assertThat(early.get("problem").stringValue()).isEqualTo("file-not-confirmed");
    assertThat(early.get("retryAfterSeconds").longValue()).isEqualTo(1);
    confirmed(ada, picture);
    socket.send(frame("c", "The engine", picture));
    assertThat(socket.next("acknowledged").get("seq").longValue()).isEqualTo(3);
    socket.send(frame("other", "", picture));
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("file-in-message");
    socket.close();
  }

  private Map<String, Object> frame(String id, String text, Map<String, Object> file) {
    return Map.of(
        "type",
        "post",
        "requestId",
        "r",
        "roomId",
        room,
        "clientMessageId",
        id,
        "text",
        text,
        "files",
        List.of(id(file)));
  }

  @Test
  void waitUntilTheirFilesAreConfirmed() {
    Map<String, Object> picture = file("a.png");

    HttpResponse<String> early = post(ada, "id", "text", picture);

    assertProblem(early, 409, "file-not-confirmed");
    assertThat(early.headers().firstValue("Retry-After")).contains("1");
    confirmed(ada, picture);
    confirmed(ada, picture);
    assertThat(post(ada, "id", "text", picture).statusCode()).isEqualTo(201);
  }

  @Test
  void haveOnlyFilesThatTheirPersonStoredAndNoOtherMessageHas() {
    Map<String, Object> picture = confirmed(ada);
    assertProblem(post(grace, "id", "", picture), 403, "uploader-only");
    assertThat(post(ada, "id", "", picture).statusCode()).isEqualTo(201);
    assertProblem(post(ada, "other", "", picture), 409, "file-in-message");
    assertProblem(post(ada, "id", "", confirmed(ada)), 409, "client-message-id-reused");
  }

  @Test
  void keepTheirFilesThroughEditsAndLoseThemWithTheirDeletion() {
    Map<String, Object> picture = confirmed(ada);
    post(ada, "id", "The engine", picture);
    HttpResponse<String> emptied = ada.patch(messages + "/3", Map.of("text", " "));
    assertThat(emptied.statusCode()).as(emptied.body()).isEqualTo(200);
    assertThat(body(emptied).get("text").stringValue()).isEmpty();
    assertThat(body(emptied).get("files")).hasSize(1);
    assertThat(ada.delete(messages + "/3").statusCode()).isEqualTo(204);
    JsonNode deleted = body(ada.get(messages + "/3"));
    assertThat(deleted.has("files")).isFalse();
    assertThat(deleted.has("deleted")).isTrue();
    assertThat(ada.get("/api/rooms/" + room + "/entries?after=0").body())
        .doesNotContain((String) picture.get("fileId"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\"",
        "{}",
        "[1]",
        "[{}]",
        "[{\"fileId\":\"9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b67\"}]",
        "[{\"fileId\":\"9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b67\",\"version\":\"1\"}]",
        "[{\"fileId\":\"9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b67\",\"version\":1.5}]",
        "[{\"fileId\":\"9d0b7a3c-1f43-4a9e-8a37-2f9c1d0e5b67\",\"version\":2147483648}]",
        "[{\"fileId\":\"../9d0b7a3c\",\"version\":1}]",
        "[{\"fileId\":7,\"version\":1}]"
      })
  void nameTheirFilesAsTheContractSays(String files) {
    Map<String, Object> message =
        Map.of("clientMessageId", "c", "text", "text", "files", ChatClient.JSON.readTree(files));
    assertProblem(ada.post(messages, message), 400, "invalid-request");
  }

  @Test
  void haveAtMostTenFilesAndSomethingToSee() {
    List<Map<String, Object>> files = Stream.generate(() -> confirmed(ada)).limit(11).toList();
    assertProblem(post(ada, "id", "", array(files)), 400, "invalid-request");
    assertThat(post(ada, "id", "", array(files.subList(0, 10))).statusCode()).isEqualTo(201);
    assertProblem(post(ada, "twice", "", files.get(10), files.get(10)), 400, "invalid-request");
    assertProblem(post(ada, "none", ""), 400, "message-empty");
  }

  @Test
  void areConfirmedByFileServiceAloneAndForARoomThatIsThere() {
    Map<String, Object> stored = Map.of("personId", ada.personId(), "file", file("a.png"));
    assertProblem(ada.post(confirmations(room), stored), 401, "unauthenticated");
    assertProblem(
        service.post(confirmations(UUID.randomUUID().toString()), stored), 404, "room-not-found");
    assertProblem(
        service.post(confirmations(room), Map.of("file", Map.of())), 400, "invalid-request");
    Map<String, Object> old = file("a.png");
    old.remove("version");
    assertProblem(
        service.post(confirmations(room), Map.of("personId", ada.personId(), "file", old)),
        400,
        "invalid-request");
  }

  private static String confirmations(String roomId) {
    return "/internal/rooms/" + roomId + "/confirmed-files";
  }

  private Map<String, Object> confirmed(ChatClient uploader) {
    return confirmed(uploader, file("a.png"));
  }

  private Map<String, Object> confirmed(ChatClient uploader, Map<String, Object> file) {
    HttpResponse<String> answer =
        service.post(confirmations(room), Map.of("personId", uploader.personId(), "file", file));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    return file;
  }

  /// A file as an entry has it; a picture has pixels.
  private static Map<String, Object> file(String name) {
    Map<String, Object> file = new HashMap<>();
    file.put("fileId", UUID.randomUUID().toString());
    file.put("version", 2);
    file.put("path", "图/" + name);
    file.put("name", name);
    file.put("size", 5);
    file.put("sha256", "ab".repeat(32));
    file.put("mediaType", "image/png");
    if (name.endsWith(".png")) {
      file.put("width", 1_600);
      file.put("height", 900);
    }
    return file;
  }

  private static Map<String, Object> id(Map<String, Object> file) {
    return Map.of("fileId", file.get("fileId"), "version", file.get("version"));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object>[] array(List<Map<String, Object>> files) {
    return files.toArray(Map[]::new);
  }

  @SafeVarargs
  private HttpResponse<String> post(
      ChatClient sender, String id, String text, Map<String, Object>... files) {
    return sender.post(
        messages,
        Map.of(
            "clientMessageId",
            id,
            "text",
            text,
            "files",
            Stream.of(files).map(MessageFilesTest::id).toList()));
  }
}
