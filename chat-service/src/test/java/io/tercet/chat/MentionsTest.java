package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.message;
import static io.tercet.chat.ChatServiceContract.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Mentions over HTTP and on sockets. Ada owns a room, of which grace is a member.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class MentionsTest {

  @TempDir static Path folder;

  @LocalServerPort int port;

  private String adasName;
  private String gracesName;
  private ChatClient ada;
  private ChatClient grace;
  private String roomId;
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
    adasName = name();
    gracesName = name();
    ada = ChatClient.register(port, adasName);
    grace = ChatClient.register(port, gracesName);
    roomId = ada.createRoom(name(), "public");
    room = "/api/rooms/" + roomId;
    assertThat(grace.put(room + "/members/me").statusCode()).isEqualTo(204);
  }

  @Test
  void areInTheEntryTheMessageAndTheRoomsOfWhoIsMentioned() {
    ada.post(room + "/messages", message("c1", "@" + gracesName + " and @" + adasName));
    JsonNode mentions = people(grace);
    assertThat(body(grace.get(room + "/messages/3")).get("mentions")).isEqualTo(mentions);
    assertThat(body(grace.get(room + "/entries?after=2")).get("entries").get(0).get("mentions"))
        .isEqualTo(mentions);
    assertMentions(grace, 3L);
    assertMentions(ada);

    grace.put(room + "/read", Map.of("seq", 3));
    assertMentions(grace);
  }

  @Test
  void changeWithAnEditAndEndWithADeletion() {
    ada.post(room + "/messages", message("c1", "hello"));
    assertThat(body(ada.get(room + "/messages/3")).has("mentions")).isFalse();
    JsonNode edited = body(ada.patch(room + "/messages/3", Map.of("text", "@" + gracesName)));
    assertThat(edited.get("mentions")).isEqualTo(people(grace));
    JsonNode entry = body(grace.get(room + "/entries?after=3")).get("entries").get(0);
    assertThat(entry.get("edited").get("mentions")).isEqualTo(people(grace));
    assertMentions(grace, 3L);

    ada.delete(room + "/messages/3");
    assertMentions(grace);
    body(grace.get(room + "/entries?after=2"))
        .get("entries")
        .forEach(each -> assertThat(each.toString()).doesNotContain("mentions"));
    assertThat(body(grace.get(room + "/messages/3")).has("mentions")).isFalse();
  }

  @Test
  void everySocketOfTheRoomLearnsOfThem() {
    TestSocket socket = grace.socket();
    socket.subscribe(roomId, 2);
    socket.next("subscribed");
    TestSocket writer = ada.socket();
    writer.subscribe(roomId, 2);
    writer.next("subscribed");
    writer.post(roomId, "c1", "@" + gracesName);
    assertThat(socket.next("entry").get("mentions")).isEqualTo(people(grace));
    assertThat(writer.next("entry").get("mentions")).isEqualTo(people(grace));
  }

  @Test
  void reachWhoIsPresentByHereAndNobodyElse() {
    ChatClient away = ChatClient.register(port, name());
    assertThat(away.put(room + "/members/me").statusCode()).isEqualTo(204);
    TestSocket socket = grace.socket();
    socket.subscribe(roomId, 3);
    socket.next("presence");

    ada.post(room + "/messages", message("c1", "@here?"));

    JsonNode mentions = socket.next("entry").get("mentions");
    assertThat(mentions.get("people")).isEqualTo(people(grace).get("people"));
    assertThat(mentions.get("here").booleanValue()).isTrue();
    assertThat(mentions.has("room")).isFalse();
    assertMentions(grace, 4L);
    assertMentions(away);
  }

  @Test
  void reachEverybodyIfTheOwnerWritesToTheRoom() {
    ada.post(room + "/messages", message("c1", "@room"));
    grace.post(room + "/messages", message("c2", "@room"));

    JsonNode mentions = body(grace.get(room + "/messages/3")).get("mentions");
    assertThat(mentions.get("room").booleanValue()).isTrue();
    assertThat(mentions.get("people").isEmpty()).isTrue();
    assertThat(body(ada.get(room + "/messages/4")).has("mentions")).isFalse();
    assertMentions(grace, 3L);
    assertMentions(ada);
  }

  @Test
  void areNothingToSomebodyWhoIsNoMember() {
    ChatClient eve = ChatClient.register(port, name());
    ada.post(room + "/messages", message("c1", "@room"));
    JsonNode seen = body(eve.get(room));
    assertThat(seen.has("mentions")).isFalse();
  }

  private static JsonNode people(ChatClient... people) {
    Map<String, Object> mentions =
        Map.of("people", List.of(people).stream().map(ChatClient::personId).toList());
    return ChatClient.JSON.readTree(ChatClient.JSON.writeValueAsString(mentions));
  }

  /// What the list of rooms, the room and its unread page say to somebody.
  private void assertMentions(ChatClient reader, Long... seqs) {
    JsonNode unread = body(reader.get(room + "/unread"));
    assertThat(unread.get("mentions").valueStream().map(JsonNode::longValue)).containsExactly(seqs);
    assertThat(body(reader.get(room)).get("mentions").intValue()).isEqualTo(seqs.length);
    JsonNode listed =
        body(reader.get("/api/rooms?scope=mine"))
            .get("rooms")
            .valueStream()
            .filter(each -> each.get("roomId").stringValue().equals(roomId))
            .findFirst()
            .orElseThrow();
    assertThat(listed.get("mentions").intValue()).isEqualTo(seqs.length);
  }
}
