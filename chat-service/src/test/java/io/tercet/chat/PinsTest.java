package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.message;
import static io.tercet.chat.ChatServiceContract.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Rooms;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Pins over HTTP, and what sockets learn of them. Ada owns the room and wrote its third entry,
/// grace is a member, and eve is not.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class PinsTest {

  @TempDir static Path folder;
  private static List<ChatClient> people = List.of();

  @LocalServerPort int port;
  @Autowired Rooms rooms;

  private ChatClient ada;
  private ChatClient grace;
  private ChatClient eve;
  private String room;
  private String sent;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeEach
  void makeARoom() {
    if (people.isEmpty()) {
      people = IntStream.range(0, 3).mapToObj(each -> ChatClient.register(port, name())).toList();
    }
    ada = people.get(0);
    grace = people.get(1);
    eve = people.get(2);
    room = "/api/rooms/" + ada.createRoom(name(), "public");
    assertThat(grace.put(room + "/members/me").statusCode()).isEqualTo(204);
    ada.post(room + "/messages", message("c", "The plan"));
    sent = room + "/messages/3";
  }

  @Test
  void areSetAndEndedByAnyMember() {
    for (ChatClient each : List.of(grace, grace, ada)) {
      assertThat(each.put(sent + "/pin").statusCode()).isEqualTo(204);
    }
    JsonNode pinned = body(ada.get(sent));
    assertThat(pinned.get("pinned").get("personId").stringValue()).isEqualTo(grace.personId());
    assertThat(pinned.get("pinned").get("at").stringValue()).endsWith("Z");
    assertThat(body(ada.get(room + "/pins")))
        .isEqualTo(json(Map.of("entries", List.of(pinned), "more", false)));

    for (ChatClient each : List.of(ada, grace)) {
      assertThat(each.delete(sent + "/pin").statusCode()).isEqualTo(204);
    }
    assertThat(body(grace.get(sent)).has("pinned")).isFalse();
    assertThat(body(ada.get(room + "/pins")))
        .isEqualTo(json(Map.of("entries", List.of(), "more", false)));
    assertThat(kinds("/entries?after=3")).containsExactly("pinned", "unpinned");
    assertThat(kinds("/messages?after=3"))
        .as("the page keeps who pinned")
        .containsExactly("pinned");
  }

  @Test
  void areReadTheNewestFirstAsTheMessagesAreNow() {
    for (int each = 4; each < 7; each++) {
      ada.post(room + "/messages", message("c" + each, "text"));
    }
    for (int each : new int[] {5, 3, 6}) {
      grace.put(room + "/messages/" + each + "/pin");
    }
    ada.patch(sent, Map.of("text", "The new plan"));
    grace.put(sent + "/reactions/%F0%9F%91%8D");
    ada.delete(room + "/messages/6");
    JsonNode entries = body(grace.get(room + "/pins")).get("entries");
    assertThat(entries).extracting(each -> each.get("seq").intValue()).containsExactly(3, 5);
    assertThat(entries.get(0)).isEqualTo(body(grace.get(sent)));
    assertThat(entries.get(0).get("reactions").get(0).get("mine").booleanValue()).isTrue();
  }

  @Test
  void areReadInAnAnswerThatIsNotTooLong() {
    RoomId id = RoomId.of(room.substring("/api/rooms/".length()));
    Person author = new Person(new PersonId(UUID.fromString(ada.personId())), "ada", false);
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int each = 0; each < 20; each++) {
      all.add(rooms.post(id, author, "l" + each, "👋".repeat(4_000), null));
    }
    all.forEach(CompletableFuture::join);
    for (int seq = 4; seq < 24; seq++) {
      rooms.pin(id, author, seq);
    }
    HttpResponse<String> answer = grace.get(room + "/pins");
    assertThat(answer.body().getBytes(UTF_8).length).isBetween(200_000, 262_144 + 100);
    assertThat(body(answer).get("more").booleanValue()).isTrue();
    assertThat(body(answer).get("entries").get(0).get("seq").intValue()).isEqualTo(23);
  }

  @Test
  void areForMembersAndOfMessages() {
    for (HttpResponse<String> answer :
        List.of(eve.put(sent + "/pin"), eve.delete(sent + "/pin"), eve.get(room + "/pins"))) {
      assertProblem(answer, 404, "room-not-found");
    }
    for (String seq : List.of("1", "99", "x", "03")) {
      String target = room + "/messages/" + seq + "/pin";
      assertProblem(grace.put(target), 404, "message-not-found");
      assertProblem(grace.delete(target), 404, "message-not-found");
    }
  }

  @Test
  void areNoneOfADeletedMessage() {
    grace.put(sent + "/pin");
    ada.delete(sent);
    assertThat(body(grace.get(sent)).has("pinned")).isFalse();
    assertProblem(grace.put(sent + "/pin"), 410, "message-deleted");
    assertThat(grace.delete(sent + "/pin").statusCode()).isEqualTo(204);
  }

  @Test
  void areToldToSocketsAsEntries() {
    TestSocket socket = grace.socket();
    socket.subscribe(room.substring("/api/rooms/".length()), 3);
    ada.put(sent + "/pin");
    JsonNode pinned = socket.next("entry");
    assertThat(pinned.get("kind").stringValue()).isEqualTo("pinned");
    assertThat(pinned.get("pinned")).isEqualTo(json(Map.of("targetSeq", 3)));
    assertThat(pinned.get("personId").stringValue()).isEqualTo(ada.personId());
    ada.delete(sent + "/pin");
    assertThat(socket.next("entry").get("unpinned")).isEqualTo(json(Map.of("targetSeq", 3)));
    socket.close();
  }

  private List<String> kinds(String path) {
    return body(ada.get(room + path))
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("kind").stringValue())
        .toList();
  }

  private static JsonNode json(Object value) {
    return ChatClient.JSON.readTree(ChatClient.JSON.writeValueAsString(value));
  }
}
