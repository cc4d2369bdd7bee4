package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.message;
import static io.tercet.chat.ChatServiceContract.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.room.Rooms;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import tools.jackson.databind.JsonNode;

/// Messages that are edited and deleted, over HTTP, and what sockets learn of it. Ada owns the
/// room, grace writes, linus is a member, and eve is not. On whichever database it is given.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
abstract class MessagesContract {

  private static final int EDITS_MAX = 3;
  private static final AtomicInteger IDS = new AtomicInteger();

  private static List<ChatClient> people = List.of();

  @LocalServerPort int port;
  @Autowired Rooms rooms;
  @Autowired Database database;

  private ChatClient ada;
  private ChatClient grace;
  private ChatClient linus;
  private ChatClient eve;
  private String room;
  private String messages;

  static void start(DynamicPropertyRegistry properties, Path folder) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.message.edit-time", () -> "1h");
    properties.add("tercet.message.edits-max", () -> EDITS_MAX);
  }

  /// Those of another service.
  @BeforeAll
  static void forgetPeople() {
    people = List.of();
  }

  @BeforeEach
  void makeARoom() {
    if (people.isEmpty()) {
      people = IntStream.range(0, 4).mapToObj(each -> ChatClient.register(port, name())).toList();
    }
    ada = people.get(0);
    grace = people.get(1);
    linus = people.get(2);
    eve = people.get(3);
    room = ada.createRoom(name(), "public");
    messages = "/api/rooms/" + room + "/messages";
    for (ChatClient member : List.of(grace, linus)) {
      assertThat(member.put("/api/rooms/" + room + "/members/me").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void areEditedByTheirAuthor() {
    String sent = send(grace, "Tea at fuor");
    HttpResponse<String> edited = edit(grace, sent, "Tea at four");

    assertThat(edited.statusCode()).as(edited.body()).isEqualTo(200);
    JsonNode message = body(edited);
    assertThat(message.get("seq").longValue()).isEqualTo(4);
    assertThat(message.get("kind").stringValue()).isEqualTo("message");
    assertThat(message.get("text").stringValue()).isEqualTo("Tea at four");
    assertThat(message.get("version").longValue()).isEqualTo(5);
    assertThat(message.get("editedAt").stringValue()).endsWith("Z");
    assertThat(message.has("deleted")).isFalse();
    assertThat(tag(edited)).isEqualTo("\"5-5\"");
    assertThat(body(linus.get(sent))).isEqualTo(message);
    assertThat(tag(linus.get(sent))).isEqualTo("\"5-5\"");
    JsonNode entry = entries(linus).getLast();
    assertThat(entry.get("kind").stringValue()).isEqualTo("edited");
    assertThat(entry.get("edited"))
        .isEqualTo(ChatClient.JSON.valueToTree(Map.of("targetSeq", 4, "text", "Tea at four")));
    assertThat(entry.get("sentAt")).isEqualTo(message.get("editedAt"));
  }

  @Test
  void areEditedByNobodyElse() {
    String sent = send(grace, "mine");
    for (ChatClient other : List.of(ada, linus)) {
      assertProblem(edit(other, sent, "yours"), 403, "author-only");
    }
    assertThat(text(sent)).isEqualTo("mine");
  }

  @Test
  void areDeletedByTheirAuthorAndLeaveNoText() {
    String sent = send(grace, "a secret");
    edit(grace, sent, "the same secret");

    assertThat(grace.delete(sent).statusCode()).isEqualTo(204);

    JsonNode message = body(linus.get(sent));
    assertThat(message.get("text").stringValue()).isEmpty();
    assertThat(message.get("version").longValue()).isEqualTo(5);
    assertThat(message.get("deleted").get("personId").stringValue()).isEqualTo(grace.personId());
    assertThat(message.get("deleted").get("at").stringValue()).endsWith("Z");
    assertThat(linus.get("/api/rooms/" + room + "/entries?after=0").body())
        .doesNotContain("secret")
        .contains("\"deleted\":{\"targetSeq\":4}");
  }

  @Test
  void areDeletedByTheOwnerOfTheRoomAndByNobodyElse() {
    String sent = send(grace, "not for this room");

    assertProblem(linus.delete(sent), 403, "author-only");
    assertThat(text(sent)).isEqualTo("not for this room");
    assertThat(ada.delete(sent).statusCode()).isEqualTo(204);
    assertThat(body(grace.get(sent)).get("deleted").get("personId").stringValue())
        .isEqualTo(ada.personId());
  }

  @Test
  void areDeletedOnce() {
    String sent = send(grace, "once");
    for (ChatClient each : List.of(grace, grace, ada)) {
      assertThat(each.delete(sent).statusCode()).isEqualTo(204);
    }
    assertThat(entries(ada)).hasSize(5);
  }

  @Test
  void areNotEditedOnceTheyAreDeleted() {
    String sent = send(grace, "gone");
    grace.delete(sent);

    assertProblem(edit(grace, sent, "back"), 410, "message-deleted");
    assertProblem(edit(grace, sent, "back", "If-Match", "\"5\""), 410, "message-deleted");
    assertThat(text(sent)).isEmpty();
  }

  /// As after an answer that was lost.
  @Test
  void doNotChangeWhenAnEditComesAgain() {
    String sent = send(grace, "one");
    String first = edit(grace, sent, "two", "If-Match", "\"4\"").body();

    assertThat(edit(grace, sent, "two", "If-Match", "\"4\"").body()).isEqualTo(first);
    assertThat(entries(ada)).hasSize(5);
  }

  @Test
  void areEditedOnlyInTheVersionThatTheClientKnows() {
    String sent = send(grace, "one");
    edit(grace, sent, "two");

    for (String other :
        List.of(
            "\"4\"", "\"6\"", "W/\"5\"", "\"abc\"", "\"\"", "\"05\"", "\"4-5\"", "\"5-\"",
            "\"5-x\"")) {
      assertProblem(edit(grace, sent, "three", "If-Match", other), 412, "precondition-failed");
    }
    assertThat(text(sent)).isEqualTo("two");
    assertThat(tag(edit(grace, sent, "three", "If-Match", "\"5\""))).isEqualTo("\"6-6\"");
    assertThat(tag(edit(grace, sent, "four", "If-Match", "*"))).isEqualTo("\"7-7\"");
  }

  @Test
  void areEditedInAVersionToWhichSomebodyReacts() {
    String sent = send(grace, "one");
    String known = tag(grace.get(sent));
    linus.put(sent + "/reactions/%F0%9F%91%8D");

    assertThat(tag(edit(grace, sent, "two", "If-Match", known))).isEqualTo("\"6-6\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "\"4", "\"4\", \"5\"", "'4'", "w/\"4\"", "*, \"4\"", "\"4\" \"4\""})
  void areNotEditedUnderATagThatIsNone(String tag) {
    String sent = send(grace, "one");

    assertProblem(edit(grace, sent, "two", "If-Match", tag), 400, "invalid-request");
    assertThat(text(sent)).isEqualTo("one");
  }

  @Test
  void areReadAgainOnlyIfTheyChanged() {
    String sent = send(grace, "one");

    assertThat(readAgain(sent, "\"4-4\"")).isEqualTo(304);
    edit(grace, sent, "two");
    assertThat(readAgain(sent, "\"4-4\"")).isEqualTo(200);
    assertThat(readAgain(sent, "\"5-5\"")).isEqualTo(304);
    linus.put(sent + "/reactions/%F0%9F%91%8D");
    assertThat(readAgain(sent, "\"5-5\"")).as("a reaction").isEqualTo(200);
    grace.delete(sent);
    assertThat(readAgain(sent, "\"5-6\"")).as("deleted").isEqualTo(200);
    assertThat(readAgain(sent, "\"7-7\"")).isEqualTo(304);
  }

  private int readAgain(String sent, String known) {
    return linus.send(linus.request(sent).header("If-None-Match", known)).statusCode();
  }

  @Test
  void haveATextAfterAnEditToo() {
    String sent = send(grace, "one");

    assertProblem(edit(grace, sent, ""), 400, "message-empty");
    assertProblem(edit(grace, sent, " \u200b\n"), 400, "message-empty");
    assertProblem(edit(grace, sent, "x".repeat(4_001)), 413, "message-too-long");
    assertProblem(edit(grace, sent, "a\0b"), 400, "invalid-request");
    assertProblem(grace.patch(sent, Map.of()), 400, "invalid-request");
    assertProblem(grace.patch(sent, List.of("two")), 400, "invalid-request");
    assertProblem(edit(grace, sent, "x".repeat(1_000_000)), 413, "too-large");
    assertProblem(
        grace.send(grace.request(sent).method("PATCH", BodyPublishers.ofString("{}"))),
        415,
        "unsupported-media-type");
    assertThat(text(sent)).isEqualTo("one");
    assertThat(edit(grace, sent, "👋".repeat(4_000)).statusCode()).isEqualTo(200);
  }

  @Test
  void areThereForMembersOnly() {
    String sent = send(grace, "ours");
    grace.delete("/api/rooms/" + room + "/members/me");

    for (ChatClient outside : List.of(eve, grace)) {
      for (String read : List.of("?before=9", "?after=0", "?around=4", "/4", "/1", "/999")) {
        assertProblem(outside.get(messages + read), 404, "room-not-found");
      }
      for (String target : List.of("/4", "/1", "/999")) {
        assertProblem(edit(outside, messages + target, "theirs"), 404, "room-not-found");
        assertProblem(outside.delete(messages + target), 404, "room-not-found");
      }
    }
    assertThat(body(ada.get(sent)).get("text").stringValue()).isEqualTo("ours");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "5",
        "999",
        "0",
        "-1",
        "x",
        "1.5",
        "04",
        "+4",
        "4%20",
        "٤",
        "9223372036854775807",
        "99999999999999999999",
        "4;x=1",
        "..%2f4",
        "%2e%2e",
        "..%5c4",
        "4%00",
        "4%2f..%2f4",
        "%ff"
      })
  void areNothingElse(String seq) {
    String sent = send(grace, "the fourth entry");
    edit(grace, sent, "still the fourth entry");
    String target = messages + "/" + seq.replace("٤", "%D9%A4");

    for (HttpResponse<String> answer :
        List.of(ada.get(target), edit(ada, target, "other"), ada.delete(target))) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      if (seq.matches("[-+.0-9x]+")) {
        assertProblem(answer, 404, "message-not-found");
      }
    }
    assertThat(text(sent)).isEqualTo("still the fourth entry");
    assertThat(entries(ada)).hasSize(5);
  }

  @Test
  void areOfOneRoom() {
    send(grace, "here");
    String other = ada.createRoom(name(), "public");
    ada.post("/api/rooms/" + other + "/messages", message("c", "there"));

    assertProblem(ada.delete("/api/rooms/" + other + "/messages/4"), 404, "message-not-found");
    assertThat(ada.delete("/api/rooms/" + other + "/messages/2").statusCode()).isEqualTo(204);
    assertThat(text(messages + "/4")).isEqualTo("here");
  }

  @Test
  void areEditedSoOftenAndNoMore() {
    String sent = send(grace, "0");
    for (int each = 1; each <= EDITS_MAX; each++) {
      assertThat(edit(grace, sent, "" + each).statusCode()).isEqualTo(200);
    }

    assertProblem(edit(grace, sent, "one too many"), 409, "too-many-edits");
    assertThat(edit(grace, sent, "" + EDITS_MAX).statusCode()).as("no change").isEqualTo(200);
    assertThat(text(sent)).isEqualTo("" + EDITS_MAX);
    assertThat(grace.delete(sent).statusCode()).isEqualTo(204);
  }

  @Test
  void growNoLogHoweverManyEditsCome() {
    send(grace, "one");
    Person author = new Person(new PersonId(id(grace)), "grace", false);
    Map<String, Integer> answers = new ConcurrentHashMap<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < 100; thread++) {
        int first = thread * 100;
        threads.execute(() -> {
          for (int each = first; each < first + 100; each++) {
            answers.merge(answer(author, "edit " + each), 1, Integer::sum);
          }
        });
      }
    }

    assertThat(answers)
        .isEqualTo(Map.of("edited", EDITS_MAX, "too-many-edits", 10_000 - EDITS_MAX));
    assertThat(entries(ada)).hasSize(4 + EDITS_MAX);
  }

  private String answer(Person author, String text) {
    try {
      rooms.edit(RoomId.of(room), author, 4, text, null);
      return "edited";
    } catch (ProblemException refusal) {
      return refusal.type().slug();
    }
  }

  @Test
  void areChangedOnlyByTheOwnerOnceTheyAreOld() {
    String old = send(grace, "yesterday");
    String own = send(ada, "the owner's");
    String recent = send(grace, "today");
    grow("seq < 6", 3_601);

    assertProblem(edit(grace, old, "x"), 403, "edit-time-over");
    assertProblem(grace.delete(old), 403, "edit-time-over");
    assertProblem(edit(ada, old, "x"), 403, "author-only");
    assertProblem(edit(ada, own, "x"), 403, "edit-time-over");
    assertThat(ada.delete(old).statusCode()).isEqualTo(204);
    assertThat(ada.delete(own).statusCode()).isEqualTo(204);
    assertThat(edit(grace, recent, "x").statusCode()).isEqualTo(200);
  }

  /// An edit makes no message younger.
  @Test
  void areAsOldAsTheirFirstText() {
    String sent = send(grace, "one");
    edit(grace, sent, "two");
    grow("seq = 4", 3_601);

    assertProblem(edit(grace, sent, "three"), 403, "edit-time-over");
  }

  private void grow(String which, long seconds) {
    database
        .commit(client ->
            client
                .sql("UPDATE entry SET sent_at = sent_at - ? WHERE room_id = ? AND " + which)
                .params(seconds * 1_000, room)
                .update())
        .join();
  }

  @Test
  void areToldToSocketsAsEntries() {
    TestSocket socket = linus.socket();
    assertThat(socket.next("welcome").get("editSeconds").longValue()).isEqualTo(3_600);
    socket.subscribe(room, 3);
    String sent = send(grace, "one");
    assertThat(socket.next("entry").get("text").stringValue()).isEqualTo("one");
    edit(grace, sent, "two");
    JsonNode edited = socket.next("entry");
    assertThat(edited.get("edited").get("text").stringValue()).isEqualTo("two");
    ada.delete(sent);
    JsonNode deleted = socket.next("entry");
    assertThat(deleted.get("kind").stringValue()).isEqualTo("deleted");
    assertThat(deleted.get("deleted").get("targetSeq").longValue()).isEqualTo(4);
    assertThat(deleted.get("personId").stringValue()).isEqualTo(ada.personId());
    socket.send(
        Map.of("type", "history", "requestId", "h", "roomId", room, "before", 99, "limit", 3));
    JsonNode history = socket.next("history");
    assertThat(places(history)).isEqualTo("4..6 [4]");
    assertThat(history.get("more").booleanValue()).isTrue();
    assertThat(history.get("entries").get(0)).isEqualTo(body(linus.get(sent)));
    socket.close();
  }

  @ParameterizedTest
  @CsvSource({
    "before=99&limit=4, '5..8 [5, 8]'",
    "before=5&limit=3, '2..4 [2, 3, 4]'",
    "before=1, '1..0 []'",
    "after=0&limit=4, '1..4 [1, 2, 3, 4]'",
    "after=5&limit=2, '6..7 []'",
    "after=8, '9..8 []'",
    "after=-5&limit=1, '1..1 [1]'",
    "around=5&limit=3, '4..6 [4, 5]'",
    "around=1&limit=3, '1..3 [1, 2, 3]'",
    "around=99&limit=3, '6..8 [8]'",
    "around=5, '1..8 [1, 2, 3, 4, 5, 8]'"
  })
  void areReadInPagesOfPlaces(String query, String places) {
    String first = send(grace, "4");
    send(grace, "5");
    edit(grace, first, "6");
    ada.delete(first);
    send(grace, "8");

    JsonNode page = body(linus.get(messages + "?" + query));

    assertThat(places(page)).isEqualTo(places);
    assertThat(page.get("last").longValue()).isEqualTo(8);
    assertThat(page.get("logEpoch").stringValue()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?limit=5",
        "?before=1&after=1",
        "?around=1&after=1",
        "?before=1&after=1&around=1",
        "?around=x",
        "?around=1.5",
        "?around=",
        "?before=99999999999999999999",
        "?around=1&limit=0",
        "?around=1&limit=-1",
        "?around=1&limit=201",
        "?around=1&limit=x"
      })
  void areNotReadInPagesThatCannotBe(String query) {
    assertProblem(linus.get(messages + query), 400, "invalid-request");
  }

  @Test
  void areReadInPagesThatAreNotTooLong() {
    Person author = new Person(new PersonId(id(grace)), "grace", false);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int each = 0; each < 60; each++) {
      sent.add(rooms.post(RoomId.of(room), author, "l" + each, "👋".repeat(4_000), null));
    }
    sent.forEach(CompletableFuture::join);

    assertThat(places(shortPage("before=64&limit=60"))).startsWith("49..63 [");
    assertThat(places(shortPage("after=3&limit=60"))).startsWith("4..18 [");
    assertThat(places(shortPage("around=33&limit=60"))).startsWith("26..40 [");
  }

  private JsonNode shortPage(String query) {
    HttpResponse<String> answer = linus.get(messages + "?" + query);
    assertThat(answer.body().getBytes(UTF_8).length).isBetween(100_000, 262_144);
    return body(answer);
  }

  @Test
  void haveTheMethodsOfHttp() {
    String sent = send(grace, "one");

    HttpResponse<String> head =
        linus.send(linus.request(sent).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(tag(head)).isEqualTo("\"4-4\"");
    HttpResponse<String> options =
        linus.send(linus.request(sent).method("OPTIONS", BodyPublishers.noBody()));
    assertThat(options.headers().firstValue("Allow").orElse("").split(","))
        .contains("GET", "HEAD", "PATCH", "DELETE");
  }

  @Test
  void areInARoomOfWhichEverybodyKnowsTheirRole() {
    assertThat(body(ada.get("/api/rooms/" + room)).get("role").stringValue()).isEqualTo("owner");
    assertThat(body(grace.get("/api/rooms/" + room)).get("role").stringValue()).isEqualTo("member");
    assertThat(body(eve.get("/api/rooms/" + room)).has("role")).isFalse();
    assertThat(body(grace.get("/api/rooms?limit=200")).get("rooms"))
        .allSatisfy(each -> assertThat(each.get("role").stringValue()).isEqualTo("member"));
  }

  private String send(ChatClient author, String text) {
    HttpResponse<String> sent = author.post(messages, message("c" + IDS.incrementAndGet(), text));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    return messages + "/" + body(sent).get("seq");
  }

  private static HttpResponse<String> edit(
      ChatClient person, String sent, String text, String... headers) {
    return person.patch(sent, Map.of("text", text), headers);
  }

  private String text(String sent) {
    return body(linus.get(sent)).get("text").stringValue();
  }

  private List<JsonNode> entries(ChatClient reader) {
    return body(reader.get("/api/rooms/" + room + "/entries?after=0&limit=200"))
        .get("entries")
        .valueStream()
        .toList();
  }

  /// The range of a page, and the `seq` of each entry in it.
  private static String places(JsonNode page) {
    List<Long> seqs =
        page.get("entries").valueStream().map(entry -> entry.get("seq").longValue()).toList();
    return page.get("from") + ".." + page.get("to") + " " + seqs;
  }

  private static String tag(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElse("none");
  }

  private static UUID id(ChatClient person) {
    return UUID.fromString(person.personId());
  }
}
