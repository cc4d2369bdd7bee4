package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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

/// Up to where people have read, over HTTP, and what their sockets learn of it. Ada reads, grace
/// writes, and eve is no member.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ReadingTest {

  private static final AtomicInteger IDS = new AtomicInteger();

  @TempDir static Path folder;

  @LocalServerPort int port;

  private ChatClient ada;
  private ChatClient grace;
  private String room;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
    properties.add("tercet.reading.write-period", () -> "1ms");
  }

  /// A room whose log has two entries.
  @BeforeEach
  void makeARoom() {
    ada = ChatClient.register(port, name());
    grace = ChatClient.register(port, name());
    room = roomOf(ada, grace);
  }

  @Test
  void theMessagesOfOthersAreUnreadUntilTheyAreRead() {
    send(ada, room);
    send(grace, room);
    send(grace, room);
    assertUnread(1, 2, 4L);
    assertThat(listed(ada).get("unread").intValue()).isEqualTo(2);
    assertThat(listed(ada).get("lastReadSeq").longValue()).isEqualTo(1);

    read(ada, room, 4);
    assertUnread(4, 1, 5L);
    assertThat(body(ada.get("/api/rooms/" + room)).get("unread").intValue()).isOne();
    read(ada, room, 99);
    assertUnread(5, 0, null);
    read(ada, room, 2);
    assertUnread(5, 0, null);
  }

  @Test
  void aRoomIsUnreadAgainFromAMessageOn() {
    send(grace, room);
    send(grace, room);
    read(ada, room, 4);

    Map<String, Object> back = Map.of("seq", 3, "back", true);
    assertThat(ada.put(place(room), back).statusCode()).isEqualTo(204);
    assertUnread(3, 1, 4L);
  }

  @Test
  void manyRoomsAreReadAtOnceAndOnlyOnesOwn() {
    String second = roomOf(ada, grace);
    String foreign = roomOf(grace);
    for (String each : List.of(room, second, foreign)) {
      send(grace, each);
    }
    List<Map<String, Object>> all = new ArrayList<>();
    for (String each : List.of(room, second, foreign, UUID.randomUUID().toString(), "none")) {
      all.add(Map.of("roomId", each, "seq", 3));
    }

    assertThat(ada.put("/api/people/me/read", Map.of("rooms", all)).statusCode()).isEqualTo(204);

    for (JsonNode each : rooms(ada)) {
      assertThat(each.get("lastReadSeq").longValue()).isEqualTo(3);
      assertThat(each.get("unread").intValue()).isZero();
    }
    assertThat(rooms(ada)).hasSize(2);
  }

  @Test
  void everySocketOfThePersonLearnsOfItAndNobodyElses() {
    TestSocket phone = ada.socket();
    TestSocket desk = ada.socket();
    TestSocket other = grace.socket();
    for (TestSocket each : List.of(phone, desk, other)) {
      each.next("welcome");
    }
    send(grace, room);
    send(grace, room);
    read(ada, room, 3);
    read(ada, room, 4);
    Map<String, Object> back = Map.of("seq", 3, "back", true);
    ada.put(place(room), back);

    for (TestSocket each : List.of(phone, desk)) {
      JsonNode last = null;
      while (last == null || last.get("lastReadSeq").longValue() != 4) {
        last = each.next("read");
        assertThat(last.get("roomId").stringValue()).isEqualTo(room);
      }
      assertThat(each.next("read").get("lastReadSeq").longValue()).isEqualTo(3);
    }
    other.send(Map.of("type", "ping", "requestId", "p"));
    JsonNode next = other.next(frame -> !frame.get("type").stringValue().equals("rooms-changed"));
    assertThat(next.get("type").stringValue()).isEqualTo("pong");
  }

  @Test
  void whoIsNoMemberHasNoPlace() {
    ChatClient eve = ChatClient.register(port, name());
    send(grace, room);
    for (String each : List.of(room, UUID.randomUUID().toString(), "none")) {
      assertProblem(eve.put(place(each), Map.of("seq", 1)), 404, "room-not-found");
      assertProblem(eve.get("/api/rooms/" + each + "/unread"), 404, "room-not-found");
    }
    JsonNode seen = body(eve.get("/api/rooms/" + room));
    assertThat(seen.has("unread")).isFalse();
    assertThat(seen.has("lastReadSeq")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"seq\": -1}",
        "{\"seq\": null}",
        "{\"seq\": \"x\"}",
        "{\"seq\": 1.5}",
        "{\"seq\": 1, \"back\": \"perhaps\"}",
        "{\"seq\": 9223372036854775808}"
      })
  void aPlaceThatCannotBeIsRefused(String place) {
    assertProblem(ada.put(place(room), ChatClient.JSON.readTree(place)), 400, "invalid-request");
  }

  @Test
  void aListOfPlacesThatCannotBeIsRefused() {
    Map<String, Object> good = Map.of("roomId", room, "seq", 1);
    for (Object wrong :
        List.of(
            List.of(),
            Collections.nCopies(201, good),
            Collections.singletonList(null),
            List.of(good, Map.of("seq", 1)),
            List.of(good, Map.of("roomId", room)),
            List.of(good, Map.of("roomId", room, "seq", -1)))) {
      assertProblem(ada.put("/api/people/me/read", Map.of("rooms", wrong)), 400, "invalid-request");
    }
    assertProblem(ada.put("/api/people/me/read", Map.of()), 400, "invalid-request");
    Map<String, Object> most = Map.of("rooms", Collections.nCopies(200, good));
    assertThat(ada.put("/api/people/me/read", most).statusCode()).isEqualTo(204);
  }

  private void assertUnread(long lastRead, int unread, Long first) {
    JsonNode answer = body(ada.get("/api/rooms/" + room + "/unread"));
    assertThat(answer.get("lastSeq")).isEqualTo(listed(ada).get("lastSeq"));
    assertThat(answer.get("lastReadSeq").longValue()).isEqualTo(lastRead);
    assertThat(answer.get("unread").intValue()).isEqualTo(unread);
    if (first == null) {
      assertThat(answer.has("firstUnreadSeq")).isFalse();
    } else {
      assertThat(answer.get("firstUnreadSeq").longValue()).isEqualTo(first);
    }
  }

  private JsonNode listed(ChatClient reader) {
    return rooms(reader).stream()
        .filter(each -> each.get("roomId").stringValue().equals(room))
        .findFirst()
        .orElseThrow();
  }

  private static List<JsonNode> rooms(ChatClient reader) {
    return body(reader.get("/api/rooms?scope=mine"))
        .get("rooms")
        .valueStream()
        .filter(each -> !each.get("name").stringValue().equals("lobby"))
        .toList();
  }

  private static String roomOf(ChatClient creator, ChatClient... others) {
    String made = creator.createRoom(name(), "public");
    for (ChatClient each : others) {
      assertThat(each.put("/api/rooms/" + made + "/members/me").statusCode()).isEqualTo(204);
    }
    return made;
  }

  private static void send(ChatClient sender, String roomId) {
    HttpResponse<String> sent =
        sender.post(
            "/api/rooms/" + roomId + "/messages",
            Map.of("clientMessageId", "m" + IDS.incrementAndGet(), "text", "tea"));
    assertThat(sent.statusCode()).isEqualTo(201);
  }

  private static void read(ChatClient reader, String roomId, long seq) {
    assertThat(reader.put(place(roomId), Map.of("seq", seq)).statusCode()).isEqualTo(204);
  }

  private static String place(String roomId) {
    return "/api/rooms/" + roomId + "/read";
  }
}
