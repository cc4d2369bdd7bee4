package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Rooms;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/// Messages that answer others, over HTTP, and what sockets learn of it. Ada owns the room, grace is
/// a member, and eve is not. The third entry is a message of ada.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class RepliesTest {

  private static final AtomicInteger IDS = new AtomicInteger();
  private static final String LONG_TEXT = "👋".repeat(4_000);

  @TempDir static Path folder;
  private static List<ChatClient> people = List.of();

  @LocalServerPort int port;
  @Autowired Rooms rooms;

  private ChatClient ada;
  private ChatClient grace;
  private ChatClient eve;
  private String room;
  private String messages;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeEach
  void askSomething() {
    if (people.isEmpty()) {
      people = IntStream.range(0, 3).mapToObj(each -> ChatClient.register(port, name())).toList();
    }
    ada = people.get(0);
    grace = people.get(1);
    eve = people.get(2);
    room = ada.createRoom(name(), "public");
    messages = "/api/rooms/" + room + "/messages";
    assertThat(grace.put("/api/rooms/" + room + "/members/me").statusCode()).isEqualTo(204);
    assertThat(send(ada, "Tea?")).isEqualTo(3);
  }

  @Test
  void nameTheMessageThatTheyAnswer() {
    TestSocket socket = ada.socket();
    socket.next("welcome");
    socket.subscribe(room, 3);

    assertThat(reply(grace, 3, "Yes")).isEqualTo(4);

    assertThat(socket.next("entry").get("replyTo").longValue()).isEqualTo(3);
    socket.close();
    assertThat(read("/4").get("replyTo").longValue()).isEqualTo(3);
    assertThat(read("/4").has("replies")).isFalse();
    assertThat(read("/3").get("replies").longValue()).isEqualTo(1);
    assertThat(read("/3").has("replyTo")).isFalse();
    assertThat(body(ada.get("/api/rooms/" + room + "/entries?after=2")).get("entries"))
        .extracting(entry -> entry.path("replyTo").asLong(0))
        .containsExactly(0L, 3L);
  }

  @Test
  void areSentOverASocketToo() {
    TestSocket socket = grace.socket();
    socket.next("welcome");
    socket.send(post("c" + IDS.incrementAndGet(), 3));
    assertThat(socket.next("acknowledged").get("seq").longValue()).isEqualTo(4);
    socket.send(post("c" + IDS.incrementAndGet(), 99));
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("message-not-found");
    ada.delete(messages + "/3");
    socket.send(post("c" + IDS.incrementAndGet(), 3));
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("message-deleted");
    socket.close();
    assertThat(read("/4").get("replyTo").longValue()).isEqualTo(3);
  }

  private Map<String, Object> post(String id, long replyTo) {
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
        "Yes",
        "replyTo",
        replyTo);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 4, 99, Long.MAX_VALUE})
  void answerOnlyAMessageThatIsThere(long nothing) {
    assertProblem(answer(grace, nothing, "Yes"), 404, "message-not-found");
    assertThat(read("?after=0").get("last").longValue()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"three\"", "3.5", "true", "[3]", "{}", "9223372036854775808", "\"\"", "\"3\""})
  void answerOnlyAPlace(String replyTo) {
    String body = "{\"clientMessageId\":\"c\",\"text\":\"Yes\",\"replyTo\":" + replyTo + "}";
    assertProblem(
        grace.send(grace.json(messages).POST(BodyPublishers.ofString(body))),
        400,
        "invalid-request");
    assertThat(read("?after=0").get("last").longValue()).isEqualTo(3);
  }

  @Test
  void answerNoDeletedMessageAndStayWhenItIsDeleted() {
    reply(grace, 3, "Yes");
    ada.delete(messages + "/3");

    assertProblem(answer(grace, 3, "Late"), 410, "message-deleted");
    assertThat(read("/4").get("text").stringValue()).isEqualTo("Yes");
    assertThat(read("/3").get("replies").longValue()).isEqualTo(1);
    assertThat(seqs(read("/3/replies").get("entries"))).containsExactly(4L);
  }

  @Test
  void areSentOnceWithWhatTheyAnswer() {
    reply(grace, 3, "Yes");
    Map<String, Object> sent = Map.of("clientMessageId", "same", "text", "No", "replyTo", 3);
    assertThat(grace.post(messages, sent).statusCode()).isEqualTo(201);
    assertThat(grace.post(messages, sent).statusCode()).isEqualTo(200);
    for (Map<String, Object> other :
        List.<Map<String, Object>>of(
            Map.of("clientMessageId", "same", "text", "No", "replyTo", 4),
            Map.of("clientMessageId", "same", "text", "No"))) {
      assertProblem(grace.post(messages, other), 409, "client-message-id-reused");
    }
    assertThat(read("/3").get("replies").longValue()).isEqualTo(2);
  }

  @Test
  void areReadInPagesWithoutThoseThatAreDeleted() {
    for (int each = 4; each <= 9; each++) {
      reply(grace, each == 5 ? 4 : 3, "reply " + each);
    }
    grace.patch(messages + "/6", Map.of("text", "edited"));
    grace.delete(messages + "/7");

    JsonNode first = read("/3/replies?limit=2");
    assertThat(seqs(first.get("entries"))).containsExactly(4L, 6L);
    assertThat(first.get("more").booleanValue()).isTrue();
    assertThat(first.get("entries").get(0).get("replies").longValue()).isEqualTo(1);
    assertThat(first.get("entries").get(1)).isEqualTo(read("/6"));
    JsonNode rest = read("/3/replies?limit=2&after=6");
    assertThat(seqs(rest.get("entries"))).containsExactly(8L, 9L);
    assertThat(rest.get("more").booleanValue()).isFalse();
    assertThat(seqs(read("/9/replies").get("entries"))).isEmpty();
    assertThat(read("/3").get("replies").longValue()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=201", "limit=-1", "limit=x", "after=x", "after=1.5"})
  void areNotReadInPagesThatCannotBe(String query) {
    assertProblem(ada.get(messages + "/3/replies?" + query), 400, "invalid-request");
  }

  @Test
  void areThereForMembersOnly() {
    reply(grace, 3, "Yes");
    grace.delete("/api/rooms/" + room + "/members/me");

    for (ChatClient outside : List.of(eve, grace)) {
      assertProblem(answer(outside, 3, "No"), 404, "room-not-found");
      for (String origin : List.of("3", "4", "99", "x")) {
        assertThat(outside.get(messages + "/" + origin + "/replies").statusCode()).isEqualTo(404);
      }
      assertProblem(outside.get(messages + "/3/replies"), 404, "room-not-found");
    }
    for (String nothing : List.of("1", "99", "0", "-3", "03", "x")) {
      assertProblem(ada.get(messages + "/" + nothing + "/replies"), 404, "message-not-found");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "after=4&limit=1, '[5]', '[3]'",
    "after=4&limit=3, '[5, 6, 7]', '[3, 4]'",
    "after=2&limit=9, '[3, 4, 5, 6, 7]', ''",
    "around=6&limit=1, '[6]', '[4]'",
    "around=4&limit=1, '[4]', ''"
  })
  void comeWithTheMessagesThatThePageDoesNotHave(String query, String entries, String quoted) {
    send(ada, "4: Coffee?");
    reply(grace, 3, "5: Yes");
    reply(grace, 4, "6: No");
    reply(ada, 5, "7: When?");

    JsonNode page = read("?" + query);

    assertThat(seqs(page.get("entries"))).hasToString(entries);
    assertThat(page.has("quoted")).isEqualTo(!quoted.isEmpty());
    if (page.has("quoted")) {
      assertThat(seqs(page.get("quoted"))).hasToString(quoted);
    }
  }

  @Test
  void comeWithWhatTheyAnswerAsItIsNow() {
    reply(grace, 3, "Yes");
    reply(grace, 4, "With milk");
    ada.patch(messages + "/3", Map.of("text", "Tea, anybody?"));
    assertThat(read("?after=3&limit=1").get("quoted").get(0)).isEqualTo(read("/3"));
    ada.delete(messages + "/3");

    JsonNode quoted = read("?after=3&limit=2").get("quoted");

    assertThat(quoted).hasSize(1);
    assertThat(quoted.get(0)).isEqualTo(read("/3"));
    assertThat(quoted.get(0).get("text").stringValue()).isEmpty();
    TestSocket socket = grace.socket();
    socket.next("welcome");
    socket.send(
        Map.of("type", "history", "requestId", "h", "roomId", room, "before", 6, "limit", 2));
    assertThat(socket.next("history").get("quoted")).isEqualTo(quoted);
    socket.close();
  }

  @Test
  void comeInPagesThatAreNotTooLongWithWhatTheyAnswer() {
    Person author = new Person(new PersonId(UUID.fromString(grace.personId())), "grace", false);
    RoomId roomId = RoomId.of(room);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int each = 0; each < 40; each++) {
      sent.add(rooms.post(roomId, author, "origin" + each, LONG_TEXT, null));
    }
    for (long each = 4; each < 44; each++) {
      sent.add(rooms.post(roomId, author, "reply" + each, LONG_TEXT, each));
    }
    sent.forEach(CompletableFuture::join);

    JsonNode page = shortPage("?before=84&limit=40");
    assertThat(page.get("to").longValue()).isEqualTo(83);
    assertThat(seqs(page.get("quoted")))
        .isEqualTo(seqs(page.get("entries")).stream().map(seq -> seq - 40).toList());
    JsonNode both = shortPage("?around=44&limit=80");
    assertThat(seqs(both.get("quoted")))
        .as("messages that did not fit into the page are quoted")
        .isEqualTo(
            both.get("entries")
                .valueStream()
                .filter(entry -> entry.has("replyTo"))
                .map(entry -> entry.get("replyTo").longValue())
                .toList());
  }

  @Test
  void areReadInPagesThatAreNotTooLong() {
    Person author = new Person(new PersonId(UUID.fromString(grace.personId())), "grace", false);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int each = 0; each < 40; each++) {
      sent.add(rooms.post(RoomId.of(room), author, "long" + each, LONG_TEXT, 3L));
    }
    sent.forEach(CompletableFuture::join);

    List<Long> read = new ArrayList<>();
    boolean more = true;
    while (more) {
      JsonNode page = shortPage("/3/replies?limit=200&after=" + (read.isEmpty() ? 0 : last(read)));
      read.addAll(seqs(page.get("entries")));
      more = page.get("more").booleanValue();
    }
    assertThat(read).hasSize(40).isSorted().doesNotHaveDuplicates();
  }

  private static long last(List<Long> seqs) {
    return seqs.getLast();
  }

  private JsonNode shortPage(String query) {
    HttpResponse<String> answer = ada.get(messages + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body().getBytes(UTF_8).length).isLessThanOrEqualTo(262_144);
    return body(answer);
  }

  private long send(ChatClient author, String text) {
    HttpResponse<String> sent =
        author.post(messages, ChatServiceContract.message("c" + IDS.incrementAndGet(), text));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    return body(sent).get("seq").longValue();
  }

  private HttpResponse<String> answer(ChatClient author, long origin, String text) {
    String id = "c" + IDS.incrementAndGet();
    return author.post(messages, Map.of("clientMessageId", id, "text", text, "replyTo", origin));
  }

  private long reply(ChatClient author, long origin, String text) {
    HttpResponse<String> sent = answer(author, origin, text);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
    return body(sent).get("seq").longValue();
  }

  private JsonNode read(String rest) {
    HttpResponse<String> answer = ada.get(messages + rest);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return body(answer);
  }

  private static List<Long> seqs(JsonNode entries) {
    return entries.valueStream().map(entry -> entry.get("seq").longValue()).toList();
  }
}
