package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.message;
import static io.tercet.chat.ChatServiceContract.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.People;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Rooms;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Reactions over HTTP, and what sockets learn of them. Ada owns the room and wrote its third
/// entry, grace is a member, and eve is not.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ReactionsTest {

  private static final String THUMB = "👍";
  private static final String HEART = "❤️";

  @TempDir static Path folder;
  private static List<ChatClient> people = List.of();

  @LocalServerPort int port;
  @Autowired Rooms rooms;
  @Autowired People directory;

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
    room = ada.createRoom(name(), "public");
    assertThat(grace.put("/api/rooms/" + room + "/members/me").statusCode()).isEqualTo(204);
    ada.post("/api/rooms/" + room + "/messages", message("c", "Tea?"));
    sent = "/api/rooms/" + room + "/messages/3";
  }

  @Test
  void areCountedForEveryoneAndOnesOwnAreMarked() {
    assertThat(react(grace, THUMB).statusCode()).isEqualTo(204);
    assertThat(react(ada, HEART).statusCode()).isEqualTo(204);
    assertThat(react(ada, THUMB).statusCode()).isEqualTo(204);

    assertThat(body(ada.get(sent)).get("reactions"))
        .isEqualTo(
            json("[{'emoji':'👍','count':2,'mine':true},{'emoji':'❤️','count':1,'mine':true}]"));
    JsonNode toGrace = body(grace.get(sent));
    assertThat(toGrace.get("reactions"))
        .isEqualTo(
            json("[{'emoji':'👍','count':2,'mine':true},{'emoji':'❤️','count':1,'mine':false}]"));
    assertThat(toGrace.get("version").longValue()).isEqualTo(3);
    assertThat(toGrace.get("asOf").longValue()).isEqualTo(6);
    assertThat(body(grace.get("/api/rooms/" + room + "/messages?before=9")).get("entries"))
        .as("the page")
        .contains(toGrace);
    JsonNode edited = body(ada.patch(sent, Map.of("text", "Coffee?")));
    assertThat(edited.get("reactions")).hasSize(2);
    assertThat(edited.get("asOf").longValue()).isEqualTo(7);
  }

  @Test
  void areTheirPersonsToTakeBack() {
    react(ada, THUMB);
    for (int each = 0; each < 2; each++) {
      assertThat(unreact(grace, THUMB).statusCode()).as("there is none").isEqualTo(204);
    }
    assertThat(body(ada.get(sent)).get("reactions")).hasSize(1);
    for (int each = 0; each < 2; each++) {
      assertThat(unreact(ada, THUMB).statusCode()).isEqualTo(204);
    }
    assertThat(body(ada.get(sent)).has("reactions")).isFalse();
    assertThat(kinds()).containsExactly("joined", "joined", "message", "reacted", "unreacted");
  }

  @Test
  void areOneEmojiHoweverItIsWritten() {
    react(grace, "❤");
    react(grace, HEART);
    react(ada, "❤️️");

    assertThat(body(grace.get(sent)).get("reactions"))
        .isEqualTo(json("[{'emoji':'❤️','count':2,'mine':true}]"));
    assertThat(kinds()).hasSize(5);
    assertThat(unreact(grace, "❤").statusCode()).isEqualTo(204);
    assertThat(body(grace.get(sent)).get("reactions"))
        .isEqualTo(json("[{'emoji':'❤️','count':1,'mine':false}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#️⃣",
        "*️⃣",
        "🏳️‍🌈",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "👩🏻‍❤️‍💋‍👩🏿",
        "🇨🇳",
        "🏋🏽‍♀️",
        "©️"
      })
  void areAnyEmojiInAnAddress(String emoji) {
    assertThat(react(grace, emoji).statusCode()).isEqualTo(204);
    assertThat(body(grace.get(sent)).get("reactions").get(0).get("emoji").stringValue())
        .isEqualTo(emoji);
    assertThat(unreact(grace, emoji).statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "%F0%9F%91%8D%F0%9F%91%8D",
        "%20",
        "1",
        "%3Atada%3A",
        "%3Cb%3E",
        "%F0%9F%91%8Dx"
      })
  void areNothingElse(String encoded) {
    String target = sent + "/reactions/" + encoded;
    assertProblem(grace.put(target), 400, "invalid-request");
    assertProblem(grace.delete(target), 400, "invalid-request");
    assertThat(body(grace.put(target)).get("detail").stringValue())
        .isEqualTo("A reaction is one emoji, percent-encoded in UTF-8.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%FF", "%F0%9F", "%2F", "%00", "..", "%2e%2e", "%F0%9F%91%8D;x=1"})
  void areNoOtherAddress(String encoded) {
    String target = sent + "/reactions/" + encoded;
    for (HttpResponse<String> answer : List.of(grace.put(target), grace.delete(target))) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404, 405);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(kinds()).hasSize(3);
  }

  @Test
  void nameTheFirstPeopleOfEachEmoji() {
    react(grace, THUMB);
    react(ada, HEART);
    react(ada, THUMB);

    JsonNode reactions = body(grace.get(sent + "/reactions")).get("reactions");
    assertThat(reactions.get(0).get("emoji").stringValue()).isEqualTo(THUMB);
    assertThat(reactions.get(0).get("count").intValue()).isEqualTo(2);
    assertThat(reactions.get(0).get("mine").booleanValue()).isTrue();
    assertThat(reactions.get(0).get("people"))
        .extracting(person -> person.get("personId").stringValue())
        .containsExactly(grace.personId(), ada.personId());
    assertThat(reactions.get(1).get("mine").booleanValue()).isFalse();
    assertThat(reactions.get(1).get("people"))
        .extracting(person -> person.get("personId").stringValue())
        .containsExactly(ada.personId());
    assertThat(grace.get("/api/rooms/" + room + "/messages/3/reactions").statusCode())
        .isEqualTo(200);
    ada.delete(sent);
    assertThat(body(grace.get(sent + "/reactions"))).isEqualTo(json("{'reactions':[]}"));
  }

  /// Twenty of them.
  @Test
  void nameNoMorePeopleThanFitIntoATip() {
    for (int each = 0; each < 22; each++) {
      Person guest = directory.signInAsGuest(name(), null, null);
      rooms.join(RoomId.of(room), guest);
      rooms.react(RoomId.of(room), guest, 3, THUMB);
    }
    JsonNode reaction = body(grace.get(sent + "/reactions")).get("reactions").get(0);
    assertThat(reaction.get("count").intValue()).isEqualTo(22);
    assertThat(reaction.get("people")).hasSize(20);
    assertThat(reaction.get("people").get(0).get("guest").booleanValue()).isTrue();
  }

  @Test
  void areNoneOfADeletedMessage() {
    react(grace, THUMB);
    assertThat(ada.delete(sent).statusCode()).isEqualTo(204);

    assertThat(body(grace.get(sent)).has("reactions")).isFalse();
    assertProblem(react(grace, THUMB), 410, "message-deleted");
    assertThat(unreact(grace, THUMB).statusCode()).isEqualTo(204);
  }

  @Test
  void areForMembersAndToMessages() {
    for (HttpResponse<String> answer :
        List.of(react(eve, THUMB), unreact(eve, THUMB), eve.get(sent + "/reactions"))) {
      assertProblem(answer, 404, "room-not-found");
    }
    for (String seq : List.of("1", "99", "x", "03")) {
      String target = "/api/rooms/" + room + "/messages/" + seq + "/reactions";
      assertProblem(grace.put(target + "/" + encoded(THUMB)), 404, "message-not-found");
      assertProblem(grace.delete(target + "/" + encoded(THUMB)), 404, "message-not-found");
      assertProblem(grace.get(target), 404, "message-not-found");
    }
  }

  @Test
  void areAtMostFiftyDifferentOnes() {
    for (int animal = 0x1F400; animal < 0x1F400 + 50; animal++) {
      rooms.react(RoomId.of(room), person(ada), 3, Character.toString(animal));
    }
    assertProblem(react(grace, THUMB), 409, "too-many-reactions");
    assertThat(react(grace, "🐀").statusCode()).isEqualTo(204);
  }

  @Test
  void areToldToSocketsAsEntries() {
    TestSocket socket = grace.socket();
    socket.subscribe(room, 3);
    react(ada, "❤");
    JsonNode reacted = socket.next("entry");
    assertThat(reacted.get("kind").stringValue()).isEqualTo("reacted");
    assertThat(reacted.get("reacted")).isEqualTo(json("{'targetSeq':3,'emoji':'❤️'}"));
    assertThat(reacted.get("personId").stringValue()).isEqualTo(ada.personId());
    unreact(ada, HEART);
    assertThat(socket.next("entry").get("unreacted"))
        .isEqualTo(json("{'targetSeq':3,'emoji':'❤️'}"));
    react(grace, HEART);
    socket.next("entry");
    socket.send(
        Map.of("type", "history", "requestId", "h", "roomId", room, "before", 9, "limit", 9));
    assertThat(socket.next("history").get("entries").get(2)).isEqualTo(body(grace.get(sent)));
    socket.close();
  }

  private HttpResponse<String> react(ChatClient person, String emoji) {
    return person.put(sent + "/reactions/" + encoded(emoji));
  }

  private HttpResponse<String> unreact(ChatClient person, String emoji) {
    return person.delete(sent + "/reactions/" + encoded(emoji));
  }

  private static String encoded(String emoji) {
    return URLEncoder.encode(emoji, UTF_8).replace("*", "%2A");
  }

  private List<String> kinds() {
    return body(ada.get("/api/rooms/" + room + "/entries?after=0"))
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("kind").stringValue())
        .toList();
  }

  private static Person person(ChatClient client) {
    return new Person(new PersonId(UUID.fromString(client.personId())), "ada", false);
  }

  private static JsonNode json(String text) {
    return ChatClient.JSON.readTree(text.replace('\'', '"'));
  }
}
