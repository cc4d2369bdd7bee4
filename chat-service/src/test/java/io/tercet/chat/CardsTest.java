package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.message;
import static io.tercet.chat.ChatServiceContract.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Cards over HTTP, and what sockets learn of them. Everybody begins in the lobby.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class CardsTest {

  @TempDir static Path folder;

  @LocalServerPort int port;

  private String adasName;
  private ChatClient ada;
  private ChatClient grace;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
    properties.add("tercet.cards.tell-period", () -> "10ms");
  }

  @BeforeEach
  void twoEnter() {
    adasName = name();
    ada = ChatClient.register(port, adasName);
    grace = ChatClient.register(port, name());
  }

  @Test
  void sayWhatPeopleSayAboutThemselves() {
    String until = Instant.now().plusSeconds(3_600).toString();
    HttpResponse<String> set =
        ada.put("/api/people/me/status", Map.of("emoji", "🏖", "text", "On holiday", "until", until));
    assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
    assertThat(ada.patch("/api/people/me", Map.of("timeZone", "Europe/London")).statusCode())
        .isEqualTo(200);

    JsonNode card = body(grace.get("/api/people/" + ada.personId()));
    assertThat(card.get("name").stringValue()).isEqualTo(adasName);
    assertThat(card.get("status").get("emoji").stringValue()).isEqualTo("🏖️");
    assertThat(card.get("status").get("text").stringValue()).isEqualTo("On holiday");
    assertThat(card.get("timeZone").stringValue()).isEqualTo("Europe/London");
    assertThat(card).isEqualTo(body(ada.get("/api/people/me")));
    assertThat(members(grace, grace.lobby())).contains(card);

    ada.delete("/api/people/me/status");
    Map<String, Object> nowhere = new HashMap<>();
    nowhere.put("timeZone", null);
    ada.patch("/api/people/me", nowhere);
    JsonNode bare = body(ada.get("/api/people/me"));
    assertThat(bare.has("status") || bare.has("timeZone") || bare.has("displayName")).isFalse();
  }

  @Test
  void aStatusEndsByItself() {
    String until = Instant.now().plusMillis(300).toString();
    ada.put("/api/people/me/status", Map.of("text", "back soon", "until", until));
    while (body(ada.get("/api/people/me")).has("status")) {
      Thread.onSpinWait();
    }
    assertThat(Instant.now()).isAfterOrEqualTo(Instant.parse(until));
  }

  @Test
  void areRefusedWhenTheySayWhatCannotBe() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("text", ""),
            Map.of("text", "a\nb"),
            Map.of("emoji", "👍"),
            Map.of("text", "a", "emoji", "b"),
            Map.of("text", "a", "until", "tomorrow"),
            Map.of("text", "a", "until", "2001-01-01T00:00:00Z"))) {
      assertProblem(ada.put("/api/people/me/status", wrong), 400, "invalid-request");
    }
    for (Object wrong : List.of("Middle/Earth", "", 7, List.of())) {
      Map<String, Object> both = Map.of("timeZone", wrong, "displayName", "Not this one");
      assertProblem(ada.patch("/api/people/me", both), 400, "invalid-request");
    }
    assertThat(body(ada.get("/api/people/me")).has("displayName")).isFalse();
    assertProblem(ada.patch("/api/people/me", Map.of("displayName", "👋 !")), 400, "invalid-name");
  }

  @Test
  void keepWhatLooksLikeMarkupAsText() {
    String markup = "<img src=x onerror=alert(1)>";
    ada.put("/api/people/me/status", Map.of("text", markup));
    ada.patch("/api/people/me", Map.of("displayName", markup));
    JsonNode card = body(grace.get("/api/people/" + ada.personId()));
    assertThat(card.get("status").get("text").stringValue()).isEqualTo(markup);
    assertThat(card.get("displayName").stringValue()).isEqualTo(markup);
  }

  @Test
  void areThereForWhoSharesARoomAndNobodyElse() {
    String graceId = grace.personId();
    assertThat(grace.delete("/api/rooms/" + grace.lobby() + "/members/me").statusCode())
        .isEqualTo(204);
    for (String id : List.of(graceId, UUID.randomUUID().toString(), "x")) {
      assertProblem(ada.get("/api/people/" + id), 404, "person-not-found");
      assertProblem(ada.get("/api/people/" + id + "/picture/x"), 404, "person-not-found");
    }
    assertThat(grace.get("/api/people/" + graceId).statusCode()).isEqualTo(200);

    String room = grace.createRoom(name(), "private");
    grace.put("/api/rooms/" + room + "/members/" + ada.personId());
    assertThat(ada.get("/api/people/" + graceId).statusCode()).isEqualTo(200);
    assertThat(grace.get("/api/people/" + ada.personId()).statusCode()).isEqualTo(200);
    ada.delete("/api/rooms/" + room + "/members/me");
    assertProblem(ada.get("/api/people/" + graceId), 404, "person-not-found");
  }

  @Test
  void whoIsNotInAPublicRoomSeesNoCardsOfItsMembers() {
    String room = grace.createRoom(name(), "public");
    grace.put("/api/people/me/status", Map.of("text", "for members"));
    assertThat(members(ada, room).getFirst().has("status")).isFalse();
    ada.put("/api/rooms/" + room + "/members/me");
    assertThat(members(ada, room)).anyMatch(card -> card.has("status"));
  }

  @Test
  void aNewDisplayNameIsThereAtOnceWithTheTokenFromBefore() {
    String room = ada.createRoom(name(), "public");
    grace.put("/api/rooms/" + room + "/members/me");
    TestSocket socket = grace.socket();
    socket.subscribe(room, 0);
    socket.next("subscribed");
    TestSocket own = ada.socket();
    own.subscribe(room, 0);
    own.next("presence");
    String called = "Countess " + adasName;

    HttpResponse<String> changed = ada.patch("/api/people/me", Map.of("displayName", called));

    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    JsonNode frame = socket.next("person").get("person");
    assertThat(frame).isEqualTo(body(changed));
    assertThat(frame.get("displayName").stringValue()).isEqualTo(called);
    assertThat(own.next("person").get("person")).isEqualTo(frame);
    assertThat(body(ada.get("/api/session")).get("displayName").stringValue()).isEqualTo(called);
    ada.post("/api/rooms/" + room + "/messages", message("c", "t"));
    assertThat(socket.next(each -> isEntry(each, "message")).get("displayName").stringValue())
        .isEqualTo(called);
    own.post(room, "d", "over the socket");
    assertThat(socket.next(each -> isEntry(each, "message")).get("displayName").stringValue())
        .isEqualTo(called);
    TestSocket later = grace.socket();
    later.subscribe(room, 0);
    assertThat(later.next("presence").get("here"))
        .anyMatch(each -> each.has("displayName") && called.equals(each.get("displayName").stringValue()));
    TestSocket opened = ada.socket();
    assertThat(opened.next("welcome").get("person").get("displayName").stringValue())
        .isEqualTo(called);
    List.of(socket, own, later, opened).forEach(TestSocket::close);
  }

  @Test
  void signInTakesTheDisplayNameOfNowAndNotThatOfBefore() {
    ada.patch("/api/people/me", Map.of("displayName", "First " + adasName));
    ada.patch("/api/people/me", Map.of("displayName", "Second " + adasName));
    ChatClient nobody = ChatClient.nobody(port);
    for (String name : List.of(adasName, "second  " + adasName)) {
      HttpResponse<String> granted = nobody.post("/api/session/token", credentials(name));
      assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
      assertThat(body(granted).get("person").get("displayName").stringValue())
          .isEqualTo("Second " + adasName);
    }
    assertProblem(
        nobody.post("/api/session/token", credentials("First " + adasName)), 401, "wrong-password");
    assertProblem(
        grace.patch("/api/people/me", Map.of("displayName", "SECOND " + adasName)),
        409,
        "name-taken");
    assertProblem(nobody.post("/api/people", credentials("Second." + adasName)), 409, "name-taken");
    assertThat(
            grace.patch("/api/people/me", Map.of("displayName", "First " + adasName)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aDisplayNameChangesTenTimesADay() {
    for (int i = 0; i < 10; i++) {
      assertThat(
              ada.patch("/api/people/me", Map.of("displayName", "Times " + i + adasName))
                  .statusCode())
          .isEqualTo(200);
    }
    HttpResponse<String> refused = ada.patch("/api/people/me", Map.of("displayName", "Times more"));
    assertProblem(refused, 429, "too-fast");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }

  @Test
  void areFoundByTheBeginningOfAWord() {
    ada.patch("/api/people/me", Map.of("displayName", "Quaint " + adasName));
    JsonNode found = body(grace.get("/api/people?q=qua")).get("people");
    assertThat(found).anyMatch(each -> each.get("name").stringValue().equals(adasName));
    assertThat(body(grace.get("/api/people?q=uaint")).get("people")).isEmpty();
    assertThat(body(grace.get("/api/people?q=!!")).get("people")).isEmpty();
    assertProblem(grace.get("/api/people?q="), 400, "invalid-request");
    assertProblem(grace.get("/api/people?q=" + "a".repeat(65)), 400, "invalid-request");
  }

  @Test
  void whoSharesNoRoomFindsPeopleWithoutTheirCardsAndNoGuests() {
    ada.put("/api/people/me/status", Map.of("text", "for friends"));
    ada.patch("/api/people/me", Map.of("displayName", "Zealous " + adasName));
    HttpResponse<String> entered =
        ChatClient.nobody(port).post("/api/session", Map.of("name", "zealous-guest-" + adasName));
    assertThat(entered.statusCode()).isEqualTo(201);
    JsonNode inTheLobby = body(grace.get("/api/people?q=zealous")).get("people");
    assertThat(inTheLobby).hasSize(2).anyMatch(each -> each.has("status"));

    grace.delete("/api/rooms/" + grace.lobby() + "/members/me");
    JsonNode outside = body(grace.get("/api/people?q=zealous")).get("people");
    assertThat(outside).hasSize(1);
    assertThat(outside.get(0).get("name").stringValue()).isEqualTo(adasName);
    assertThat(outside.get(0).has("status")).isFalse();
  }

  private static List<JsonNode> members(ChatClient viewer, String room) {
    return body(viewer.get("/api/rooms/" + room + "/members")).get("members").valueStream().toList();
  }

  private static boolean isEntry(JsonNode frame, String kind) {
    return TestSocket.type(frame).equals("entry") && frame.get("kind").stringValue().equals(kind);
  }

  private static Map<String, String> credentials(String name) {
    return Map.of("name", name, "password", "a long password");
  }
}
