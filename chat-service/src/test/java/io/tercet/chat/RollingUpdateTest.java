package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tercet.chat.database.PostgresServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// This version and the one before it beside each other on one PostgreSQL, as during an update. The
/// earlier one was there first: what this one migrates, it migrates under the earlier one's feet.
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollingUpdateTest {

  private final String database = PostgresServer.newDatabase();
  private ServiceProcess earlier;
  private ServiceProcess current;
  private ChatClient adaBefore;
  private ChatClient adaNow;

  /// The earlier version may have to be built first.
  @BeforeAll
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void start(@TempDir Path folder) throws IOException {
    assumeTrue(EarlierVersion.isThere(), "a clone without history: git fetch --unshallow");
    earlier = ServiceProcess.start(EarlierVersion.jar(), folder(folder, "earlier"), settings());
    adaBefore = ChatClient.register(earlier.port(), "ada");
    adaBefore.createRoom("before", "public");
    current = ServiceProcess.start(folder(folder, "current"), settings());
    adaNow = adaBefore.at(current.port());
  }

  @AfterAll
  void end() throws Exception {
    for (ServiceProcess each : Stream.of(earlier, current).filter(p -> p != null).toList()) {
      each.close();
    }
  }

  private static Path folder(Path folder, String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private String[] settings() {
    return new String[] {
      "--tercet.database.url=" + database,
      "--tercet.database.user=test",
      "--tercet.database.password=test"
    };
  }

  @Test
  void bothWriteOneLogAndReadAllOfIt() {
    String room = adaBefore.createRoom("one-log", "public");

    for (int each = 0; each < 20; each++) {
      assertThat(seq(post(adaBefore, room, "b" + each))).isEqualTo(2L * each + 2);
      assertThat(seq(post(adaNow, room, "n" + each))).isEqualTo(2L * each + 3);
    }

    assertThat(log(adaBefore, room)).isEqualTo(log(adaNow, room)).hasSize(41);
  }

  @Test
  void aResendAtTheOtherVersionWritesNothing() {
    String room = adaNow.createRoom("resend", "public");

    assertThat(seq(post(adaBefore, room, "same"))).isEqualTo(seq(post(adaNow, room, "same")));
    assertThat(log(adaBefore, room)).hasSize(2);
  }

  /// A version without hints hears of another one's entries when it writes into the room itself, or
  /// when a client subscribes.
  @Test
  void theEarlierVersionDeliversWhatThisOnePostedBeforeItsOwnNextEntry() {
    deliversWhatTheOtherPosted(adaBefore, adaNow);
  }

  @Test
  void thisVersionDeliversWhatTheEarlierOnePosted() {
    deliversWhatTheOtherPosted(adaNow, adaBefore);
  }

  private static void deliversWhatTheOtherPosted(ChatClient listens, ChatClient other) {
    String room = listens.createRoom("hear-" + listens.port, "public");
    TestSocket socket = listens.socket();
    try {
      socket.subscribe(room, 0);
      assertThat(socket.seqsUntil(1)).containsExactly(1L);
      for (int each = 0; each < 10; each++) {
        post(other, room, "o" + each);
      }
      post(listens, room, "own");

      assertThat(socket.seqsUntil(12))
          .containsExactlyElementsOf(IntStream.rangeClosed(2, 12).mapToObj(n -> (long) n).toList());
    } finally {
      socket.close();
    }
  }

  @Test
  void bothPassOnAnEntryOfAKindThatNeitherKnows() throws SQLException {
    String room = adaNow.createRoom("polls", "public");
    post(adaNow, room, "first");
    try (Connection direct = DriverManager.getConnection(database, "test", "test");
        var insert =
            direct.prepareStatement(
                """
                INSERT INTO entry (room_id, seq, kind, person_id, person_name, sent_at, body)
                SELECT room_id, 3, 'poll', person_id, person_name, sent_at, '{"question":"Tea?"}'
                FROM entry WHERE room_id = ? AND seq = 2
                """);
        var count = direct.prepareStatement("UPDATE room SET last_seq = 3 WHERE room_id = ?")) {
      insert.setString(1, room);
      assertThat(insert.executeUpdate()).isEqualTo(1);
      count.setString(1, room);
      assertThat(count.executeUpdate()).isEqualTo(1);
    }

    for (ChatClient each : List.of(adaBefore, adaNow)) {
      assertThat(seq(post(each, room, "after-" + each.port))).isPositive();
      assertThat(log(each, room).get(2).at("/poll/question").stringValue()).isEqualTo("Tea?");
      TestSocket socket = each.socket();
      socket.subscribe(room, 0);
      assertThat(socket.seqsUntil(4)).containsExactly(1L, 2L, 3L, 4L);
      socket.close();
    }
  }

  @Test
  void theEarlierVersionPassesOnEditsAndDeletions() {
    String room = adaBefore.createRoom("second-thoughts", "public");
    post(adaBefore, room, "one");
    post(adaBefore, room, "two");
    String messages = "/api/rooms/" + room + "/messages/";

    assertThat(adaNow.patch(messages + 2, Map.of("text", "first")).statusCode()).isEqualTo(200);
    assertThat(adaNow.delete(messages + 3).statusCode()).isEqualTo(204);
    assertThat(seq(post(adaBefore, room, "three"))).isEqualTo(6);

    assertThat(log(adaBefore, room)).isEqualTo(log(adaNow, room));
    JsonNode edit = log(adaBefore, room).get(3);
    assertThat(edit.at("/edited/targetSeq").longValue()).isEqualTo(2);
    assertThat(edit.at("/edited/text").stringValue()).isEqualTo("first");
    assertThat(log(adaBefore, room).get(2).get("text").stringValue()).isEmpty();
    assertThat(log(adaBefore, room).get(4).at("/deleted/targetSeq").longValue()).isEqualTo(3);
  }

  @Test
  void theEarlierVersionTakesADirectConversationForAPrivateRoomWithoutAnOwner() {
    ChatClient mary = ChatClient.register(adaBefore.port, "mary");
    Map<String, List<String>> people = Map.of("people", List.of(mary.personId()));
    String room = body(adaNow.post("/api/direct", people)).get("roomId").stringValue();
    String path = "/api/rooms/" + room;
    assertThat(mary.get(path).statusCode()).as("nothing was said").isEqualTo(404);
    assertThat(seq(post(adaBefore, room, "b1"))).isEqualTo(1);
    assertThat(seq(post(adaNow, room, "n1"))).isEqualTo(2);

    JsonNode seen = body(mary.get(path));
    assertThat(seen.get("visibility").stringValue()).isEqualTo("private");
    assertThat(seen.get("name").stringValue().split(", ")).containsExactlyInAnyOrder("ada", "mary");
    ChatClient maryNow = mary.at(adaNow.port);
    assertThat(body(maryNow.get(path)).get("unread").intValue()).isEqualTo(2);
    assertThat(seq(post(mary, room, "m1"))).isEqualTo(3);
    assertThat(adaNow.delete(path + "/messages/3").statusCode()).isEqualTo(403);
    assertThat(mary.delete(path + "/members/me").statusCode()).isEqualTo(204);
    assertThat(mary.get(path).statusCode()).isEqualTo(404);
    assertThat(seq(post(adaNow, room, "n2"))).isEqualTo(5);
    assertThat(mary.get(path).statusCode()).isEqualTo(200);
    assertThat(log(mary, room)).isEqualTo(log(adaNow, room)).hasSize(5);
  }

  @Test
  void somebodyWhoEntersAtOneIsKnownAtTheOther() {
    for (ChatClient entered :
        List.of(
            ChatClient.register(adaBefore.port, "grace"),
            ChatClient.register(adaNow.port, "linus"))) {
      int other = entered.port == adaNow.port ? adaBefore.port : adaNow.port;

      assertThat(entered.at(other).get("/api/rooms").statusCode()).isEqualTo(200);
    }
  }

  /// Whoever goes back after an update starts the earlier version on this one's tables.
  @Test
  void theEarlierVersionStartsOnTheTablesOfThisOne(@TempDir Path folder) throws Exception {
    try (ServiceProcess again = ServiceProcess.start(EarlierVersion.jar(), folder, settings())) {
      ChatClient ada = adaBefore.at(again.port());
      String room = ada.createRoom("again", "public");

      assertThat(seq(post(ada, room, "here"))).isEqualTo(2);
      assertThat(log(adaNow, room)).hasSize(2);
    }
  }

  private static HttpResponse<String> post(ChatClient client, String room, String id) {
    return client.post(
        "/api/rooms/" + room + "/messages", Map.of("clientMessageId", id, "text", "text of " + id));
  }

  private static long seq(HttpResponse<String> posted) {
    assertThat(posted.statusCode()).as(posted.body()).isIn(200, 201);
    return body(posted).get("seq").longValue();
  }

  private List<JsonNode> log(ChatClient client, String room) {
    // The earlier version has the log at the old address.
    String log = client.port == adaBefore.port ? "/messages" : "/entries";
    return body(client.get("/api/rooms/" + room + log + "?after=0&limit=200"))
        .get("entries")
        .valueStream()
        .toList();
  }
}
