package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.message;
import static io.tercet.chat.ChatServiceContract.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Direct conversations over HTTP, and what sockets learn of them.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class DirectConversationsTest {

  private static final String THUMB = "%F0%9F%91%8D";

  @TempDir static Path folder;
  @LocalServerPort int port;

  private String adaName;
  private ChatClient ada;
  private String graceName;
  private ChatClient grace;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat.db"));
    properties.add("tercet.rate.factor", () -> "100");
  }

  @BeforeEach
  void twoPeopleShareTheLobby() {
    adaName = name();
    ada = ChatClient.register(port, adaName);
    graceName = name();
    grace = ChatClient.register(port, graceName);
  }

  @Test
  void areRoomsOfTheirPeople() {
    HttpResponse<String> opened = open(ada, grace);
    assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
    JsonNode room = body(opened);
    assertThat(room.get("kind").stringValue()).isEqualTo("direct");
    assertThat(room.get("name").stringValue()).isEqualTo(graceName);
    assertThat(room.get("topic").stringValue()).isEmpty();
    assertThat(room.get("visibility").stringValue()).isEqualTo("private");
    assertThat(room.get("role").stringValue()).isEqualTo("member");
    assertThat(room.get("memberCount").intValue()).isEqualTo(2);
    assertThat(room.get("lastSeq").intValue()).isZero();
    assertThat(names(room.get("people"))).containsExactlyInAnyOrder(adaName, graceName);

    for (HttpResponse<String> again : List.of(open(ada, grace), open(ada, grace, ada))) {
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(body(again)).isEqualTo(room);
    }
    String id = room.get("roomId").stringValue();
    assertThat(body(ada.get("/api/rooms/" + id))).isEqualTo(room);
    assertThat(listed(ada, id)).isEqualTo(room);
    assertThat(names(body(ada.get("/api/rooms/" + id + "/members")).get("members")))
        .containsExactlyInAnyOrder(adaName, graceName);
    JsonNode lobby = listed(ada, ada.lobby());
    assertThat(lobby.get("kind").stringValue()).isEqualTo("room");
    assertThat(lobby.has("people")).isFalse();
  }

  @Test
  void appearForOthersWithTheFirstMessage() {
    TestSocket adas = ada.socket();
    adas.next("welcome");
    TestSocket graces = grace.socket();
    graces.next("welcome");
    String id = opened(ada, grace);
    adas.next("rooms-changed");
    assertThat(has(grace, id)).isFalse();
    assertProblem(grace.get("/api/rooms/" + id), 404, "room-not-found");
    graces.send(Map.of("type", "ping", "requestId", "p"));
    assertThat(TestSocket.type(graces.next(any -> true)))
        .as("nothing came when it was opened")
        .isEqualTo("pong");

    adas.subscribe(id, 0);
    adas.post(id, "c1", "hello, grace");
    assertThat(adas.next("entry").get("seq").longValue()).isEqualTo(1);
    assertThat(TestSocket.type(graces.next(any -> true))).isEqualTo("rooms-changed");
    JsonNode room = listed(grace, id);
    assertThat(room.get("name").stringValue()).isEqualTo(adaName);
    assertThat(room.get("unread").intValue()).isEqualTo(1);
    assertThat(kinds(grace, id)).as("nobody joined").containsExactly("message");

    graces.subscribe(id, 0);
    assertThat(graces.next("entry").get("text").stringValue()).isEqualTo("hello, grace");
    adas.close();
    graces.close();
  }

  @Test
  void appearForOthersWithTheFirstFile() throws Exception {
    TestSocket graces = grace.socket();
    graces.next("welcome");
    String id = opened(ada, grace);
    ChatClient service = ada.with(ChatServiceContract.serviceToken());
    assertThat(service.post("/internal/rooms/" + id + "/files", file(ada)).statusCode())
        .isEqualTo(200);
    graces.next("rooms-changed");
    assertThat(kinds(grace, id)).containsExactly("file");
  }

  @Test
  void takeEverythingThatARoomTakes() {
    String id = opened(ada, grace);
    String path = "/api/rooms/" + id;
    assertThat(ada.post(path + "/messages", message("c1", "tea?")).statusCode()).isEqualTo(201);
    Map<String, Object> reply = Map.of("clientMessageId", "c1", "text", "yes", "replyTo", 1);
    assertThat(grace.post(path + "/messages", reply).statusCode()).isEqualTo(201);
    assertThat(ada.patch(path + "/messages/1", Map.of("text", "Tea?")).statusCode()).isEqualTo(200);
    assertThat(grace.put(path + "/messages/1/reactions/" + THUMB).statusCode()).isEqualTo(204);
    assertThat(grace.put(path + "/messages/1/pin").statusCode()).isEqualTo(204);
    assertThat(body(ada.get(path + "/unread")).get("unread").intValue()).isEqualTo(1);
    assertThat(ada.put(path + "/read", Map.of("seq", 5)).statusCode()).isEqualTo(204);
    assertThat(body(ada.get(path + "/unread")).get("unread").intValue()).isZero();

    JsonNode first = body(ada.get(path + "/messages/1"));
    assertThat(first.get("text").stringValue()).isEqualTo("Tea?");
    assertThat(first.get("replies").intValue()).isEqualTo(1);
    assertThat(first.get("reactions").get(0).get("count").intValue()).isEqualTo(1);
    assertThat(first.get("pinned").get("name").stringValue()).isEqualTo(graceName);
    assertProblem(grace.delete(path + "/messages/1"), 403, "author-only");
    assertThat(ada.delete(path + "/messages/1").statusCode()).isEqualTo(204);
  }

  @Test
  void keepTheirPeople() {
    ChatClient joan = ChatClient.register(port, name());
    String path = "/api/rooms/" + opened(ada, grace);
    ada.post(path + "/messages", message("c1", "hello"));
    for (ChatClient each : List.of(ada, grace)) {
      assertProblem(each.put(path + "/members/me"), 409, "direct-conversation");
      assertProblem(each.delete(path + "/members/me"), 409, "direct-conversation");
      assertProblem(each.put(path + "/members/" + joan.personId()), 409, "direct-conversation");
    }
    assertThat(body(joan.get("/api/invitations")).get("invitations").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void areNothingForStrangers(String address) {
    ChatClient joan = ChatClient.register(port, name());
    String id = opened(ada, grace);
    ada.post("/api/rooms/" + id + "/messages", message("c1", "hello"));
    String[] request = address.split(" ", 3);
    HttpResponse<String> answer =
        joan.send(
            joan.json(request[1].replace("{roomId}", id))
                .method(request[0], BodyPublishers.ofString(request.length > 2 ? request[2] : "")));

    assertProblem(answer, 404, "room-not-found");
  }

  static Stream<String> addresses() {
    return Stream.of(
        "GET /api/rooms/{roomId}",
        "GET /api/rooms/{roomId}/members",
        "PUT /api/rooms/{roomId}/members/me",
        "DELETE /api/rooms/{roomId}/members/me",
        "GET /api/rooms/{roomId}/entries?after=0",
        "GET /api/rooms/{roomId}/messages?after=0",
        "POST /api/rooms/{roomId}/messages {\"clientMessageId\":\"n\",\"text\":\"new\"}",
        "PATCH /api/rooms/{roomId}/messages/1 {\"text\":\"other\"}",
        "DELETE /api/rooms/{roomId}/messages/1",
        "PUT /api/rooms/{roomId}/messages/1/reactions/" + THUMB,
        "PUT /api/rooms/{roomId}/messages/1/pin",
        "GET /api/rooms/{roomId}/pins",
        "PUT /api/rooms/{roomId}/read {\"seq\":1}",
        "GET /api/rooms/{roomId}/unread");
  }

  @Test
  void areOpenedOnlyWithPeopleWhoShareARoom() {
    ChatClient joan = ChatClient.register(port, name());
    assertThat(joan.delete("/api/rooms/" + joan.lobby() + "/members/me").statusCode())
        .isEqualTo(204);
    assertProblem(open(ada, joan), 404, "person-not-found");
    assertProblem(open(joan, ada), 404, "person-not-found");
    assertProblem(open(ada, grace, joan), 404, "person-not-found");
    assertProblem(openWith(ada, UUID.randomUUID().toString()), 404, "person-not-found");
    assertProblem(openWith(ada, "somebody"), 404, "person-not-found");
  }

  @Test
  void areOpenedByGuestsToo() throws Exception {
    String cookie =
        ChatClient.nobody(port)
            .post("/api/session", Map.of("name", name()))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    String secret = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    HttpResponse<String> exchanged =
        ada.with(ChatServiceContract.serviceToken())
            .post("/internal/session/exchange", Map.of("session", secret));
    ChatClient guest = ada.with(body(exchanged).get("token").stringValue());

    assertThat(open(guest, ada).statusCode()).isEqualTo(201);
    assertThat(open(grace, guest).statusCode()).isEqualTo(201);
  }

  @Test
  void takeNothingOfABlockedPerson() {
    String id = opened(ada, grace);
    ada.post("/api/rooms/" + id + "/messages", message("c1", "hello"));
    String blocked = "/api/invitations/blocked/" + ada.personId();
    assertThat(grace.put(blocked).statusCode()).isEqualTo(204);

    assertProblem(
        ada.post("/api/rooms/" + id + "/messages", message("c2", "hello?")),
        403,
        "messages-blocked");
    TestSocket adas = ada.socket();
    adas.post(id, "c3", "hello?");
    JsonNode refused = adas.next("error");
    assertThat(refused.get("requestId").stringValue()).isEqualTo("c3");
    assertThat(refused.get("problem").stringValue()).isEqualTo("messages-blocked");
    adas.close();
    assertThat(open(ada, grace).statusCode()).as("what was said can be read").isEqualTo(200);
    assertThat(kinds(grace, id)).containsExactly("message");

    assertThat(grace.delete(blocked).statusCode()).isEqualTo(204);
    assertThat(ada.post("/api/rooms/" + id + "/messages", message("c2", "thank you")).statusCode())
        .isEqualTo(201);
  }

  @Test
  void areFoundByTheNamesOfOthers() {
    String zoeName = "zoe." + name();
    ChatClient zoe = ChatClient.register(port, zoeName);
    String id = opened(ada, grace, zoe);

    assertThat(ids(ada, "/api/rooms?q=zoe")).containsExactly(id);
    assertThat(ids(ada, "/api/rooms?q=" + graceName)).containsExactly(id);
    assertThat(ids(ada, "/api/rooms?q=" + adaName)).isEmpty();
    assertThat(ids(ada, "/api/rooms?scope=public&q=zoe")).isEmpty();
  }

  @Test
  void haveAFolderWithTheNamesOfOthers() throws Exception {
    ChatClient service = ada.with(ChatServiceContract.serviceToken());
    String id = opened(ada, grace);
    JsonNode folders = body(service.get("/internal/people/" + ada.personId() + "/rooms"));
    assertThat(folders.get("rooms").valueStream().map(each -> each.get("name").stringValue()))
        .contains("@" + graceName, "lobby");
    JsonNode membership = body(service.get("/internal/rooms/" + id + "/members/" + ada.personId()));
    assertThat(membership.get("member").booleanValue()).isTrue();
    assertThat(membership.get("creator").booleanValue()).isFalse();
    assertThat(membership.get("roomName").stringValue()).isEqualTo("@" + graceName);
    assertThat(
            body(service.get("/internal/rooms/" + id + "/members/" + grace.personId()))
                .get("member")
                .booleanValue())
        .as("not before the first message")
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"people\":null}",
        "{\"people\":[]}",
        "{\"people\":[null]}",
        "{\"people\":\"ada\"}",
        "{\"people\":{}}",
        "[]",
        "null",
        ""
      })
  void needPeople(String body) {
    assertProblem(sendJson(body), 400, "invalid-request");
  }

  @Test
  void haveTwoToEightPeople() {
    assertProblem(open(ada, ada), 400, "invalid-request");
    List<ChatClient> others = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      others.add(ChatClient.register(port, name()));
    }
    assertProblem(open(ada, others.toArray(ChatClient[]::new)), 400, "invalid-request");
    ChatClient[] seven = others.subList(1, 8).toArray(ChatClient[]::new);
    assertThat(open(ada, seven).statusCode()).isEqualTo(201);
    String same = ada.personId();
    assertProblem(
        openWith(ada, Stream.generate(() -> same).limit(9).toArray(String[]::new)),
        400,
        "invalid-request");
  }

  private HttpResponse<String> sendJson(String body) {
    return ada.send(ada.json("/api/direct").POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> open(ChatClient opener, ChatClient... others) {
    return openWith(opener, Arrays.stream(others).map(ChatClient::personId).toArray(String[]::new));
  }

  private static HttpResponse<String> openWith(ChatClient opener, String... others) {
    return opener.post("/api/direct", Map.of("people", List.of(others)));
  }

  private static String opened(ChatClient opener, ChatClient... others) {
    return body(open(opener, others)).get("roomId").stringValue();
  }

  private static boolean has(ChatClient person, String roomId) {
    return ids(person, "/api/rooms").contains(roomId);
  }

  private static JsonNode listed(ChatClient person, String roomId) {
    return body(person.get("/api/rooms"))
        .get("rooms")
        .valueStream()
        .filter(room -> room.get("roomId").stringValue().equals(roomId))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(ChatClient person, String path) {
    return body(person.get(path))
        .get("rooms")
        .valueStream()
        .map(room -> room.get("roomId").stringValue())
        .toList();
  }

  private static List<String> kinds(ChatClient person, String roomId) {
    return body(person.get("/api/rooms/" + roomId + "/entries?after=0"))
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("kind").stringValue())
        .toList();
  }

  private static Set<String> names(JsonNode people) {
    return people
        .valueStream()
        .map(person -> person.get("name").stringValue())
        .collect(Collectors.toSet());
  }

  private static Map<String, Object> file(ChatClient person) {
    return Map.of(
        "eventId",
        UUID.randomUUID().toString(),
        "personId",
        person.personId(),
        "file",
        Map.of(
            "fileId",
            "f",
            "version",
            1,
            "path",
            "a.txt",
            "name",
            "a.txt",
            "size",
            1,
            "sha256",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "mediaType",
            "text/plain"));
  }
}
