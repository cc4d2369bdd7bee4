package io.tercet.chat;

import static io.tercet.chat.ChatClient.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.Rooms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// The service as a whole over WebSocket, on whichever database it is given.
abstract class ChatSocketContract extends ChatServiceContract {

  @Autowired Rooms rooms;

  @Test
  void welcomesSubscribesPostsAndAcknowledges() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    TestSocket socket = ada.socket();
    JsonNode welcome = socket.next("welcome");
    assertThat(welcome.get("protocol").intValue()).isEqualTo(1);
    assertThat(welcome.get("person").get("personId").stringValue()).isEqualTo(ada.personId());

    socket.subscribe(room, 0);
    JsonNode subscribed = socket.next("subscribed");
    assertThat(subscribed.get("after").longValue()).isZero();
    assertThat(subscribed.get("last").longValue()).isEqualTo(1);
    assertThat(socket.next("entry").get("kind").stringValue()).isEqualTo("joined");

    socket.post(room, "c1", "你好 👋");
    JsonNode acknowledged = null;
    JsonNode entry = null;
    while (acknowledged == null || entry == null) {
      JsonNode frame = socket.next(any -> true);
      acknowledged = TestSocket.type(frame).equals("acknowledged") ? frame : acknowledged;
      entry = TestSocket.type(frame).equals("entry") ? frame : entry;
    }
    assertThat(acknowledged.get("seq").longValue()).isEqualTo(2);
    assertThat(entry.get("seq").longValue()).isEqualTo(2);
    assertThat(entry.get("text").stringValue()).isEqualTo("你好 👋");
    socket.close();
  }

  @Test
  void refusesASocketWithoutATokenOrWithAnEndedSession() {
    assertThat(handshakeFails("")).isTrue();
    ChatClient ada = ChatClient.register(port, name());
    ada.delete("/api/session");
    assertThat(handshakeFails(ada.token)).isTrue();
  }

  @Test
  void answersBadFramesAsTheContractSays() throws IOException {
    ChatClient ada = ChatClient.register(port, name());
    Path golden = Path.of("..", "contracts", "chat", "bad-client-frames.json");
    for (JsonNode bad : ChatClient.JSON.readTree(Files.readString(golden))) {
      TestSocket socket = ada.socket();
      socket.sendText(bad.get("message").stringValue());
      String why = bad.get("why").stringValue();
      if (bad.has("close")) {
        assertThat(socket.closeCode()).as(why).isEqualTo(bad.get("close").intValue());
      } else {
        JsonNode error = socket.next("error");
        assertThat(error.get("problem")).as(why).isEqualTo(bad.get("problem"));
        assertThat(error.get("requestId").stringValue()).as(why).isEqualTo("r1");
        socket.send(Map.of("type", "ping", "requestId", "p"));
        socket.next("pong");
        socket.close();
      }
    }
  }

  @Test
  void closesOnBinaryAndOnAMessageThatIsTooBig() {
    ChatClient ada = ChatClient.register(port, name());
    TestSocket binary = ada.socket();
    binary.sendBinary(new byte[] {1, 2, 3});
    assertThat(binary.closeCode()).isEqualTo(4501);

    TestSocket big = ada.socket();
    big.sendText("{\"type\":\"ping\",\"requestId\":\"" + "x".repeat(65_536) + "\"}");
    assertThat(big.closeCode()).isEqualTo(4502);

    TestSocket largest = ada.socket();
    String ping = "{\"type\":\"ping\",\"requestId\":\"p\"}";
    largest.sendText(ping + " ".repeat(65_536 - ping.length()));
    largest.next("pong");
    largest.close();
  }

  @Test
  void limitsWhatIsSaid() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    TestSocket socket = ada.socket();
    socket.post(room, "c1", "x".repeat(4_001));
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("message-too-long");
    socket.post(room, "c1", " ");
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("message-empty");
    socket.post(room, "c 1", "x");
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("invalid-frame");
    socket.close();
  }

  @Test
  void acknowledgesAResendWithTheSamePlaceAndWritesNothing() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    TestSocket socket = ada.socket();
    socket.post(room, "c1", "once");
    JsonNode first = socket.next("acknowledged");
    socket.post(room, "c1", "once");
    assertThat(socket.next("acknowledged")).isEqualTo(first);
    socket.post(room, "c1", "twice");
    assertThat(socket.next("error").get("problem").stringValue())
        .isEqualTo("client-message-id-reused");
    socket.close();
    assertThat(body(ada.get("/api/rooms/" + room)).get("lastSeq").longValue()).isEqualTo(2);
  }

  @Test
  void catchesUpWithThousandsAndGoesLiveWithoutAGapOrADuplicate() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 2_000, "before");
    TestSocket socket = ada.socket();
    socket.subscribe(room, 0);
    // Written while the catch-up runs.
    say(ada, room, 2_000, 1_000, "during");
    assertThat(socket.seqsUntil(3_001))
        .isEqualTo(LongStream.rangeClosed(1, 3_001).boxed().toList());
    say(ada, room, 3_000, 10, "after");
    assertThat(socket.seqsUntil(3_011))
        .isEqualTo(LongStream.rangeClosed(3_002, 3_011).boxed().toList());
    socket.close();
  }

  @Test
  void resumesBehindAPlaceOrWithTheLatest() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 20, "m");
    TestSocket socket = ada.socket();
    socket.subscribe(room, 15);
    assertThat(socket.seqsUntil(21)).containsExactly(16L, 17L, 18L, 19L, 20L, 21L);
    socket.send(Map.of("type", "subscribe", "requestId", "s2", "roomId", room, "latest", 2));
    assertThat(socket.next("subscribed").get("after").longValue()).isEqualTo(19);
    assertThat(socket.seqsUntil(21)).containsExactly(20L, 21L);
    socket.subscribe(room, 21);
    say(ada, room, 20, 1, "m");
    assertThat(socket.seqsUntil(22)).containsExactly(22L);
    socket.close();
  }

  @Test
  void startsAgainWithAClientThatKnowsAnotherLog() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 3, "m");
    TestSocket socket = ada.socket();
    String epoch = socket.next("welcome").get("logEpoch").stringValue();
    Map<String, Object> subscribe =
        Map.of("type", "subscribe", "requestId", "s", "roomId", room, "after", 3);
    socket.send(with(subscribe, "epoch", epoch));
    assertThat(socket.next("subscribed").get("after").longValue()).isEqualTo(3);
    assertThat(socket.seqsUntil(4)).containsExactly(4L);
    socket.send(with(subscribe, "epoch", "another"));
    assertThat(socket.next("subscribed").get("after").longValue()).isZero();
    assertThat(socket.seqsUntil(4)).containsExactly(1L, 2L, 3L, 4L);
    socket.send(with(subscribe, "after", 5));
    assertThat(socket.next("subscribed").get("after").longValue()).isZero();
    assertThat(socket.seqsUntil(4)).containsExactly(1L, 2L, 3L, 4L);
    socket.close();
  }

  @Test
  void ordersManyPostersWithoutAGap() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    TestSocket listener = ada.socket();
    listener.subscribe(room, 0);
    List<TestSocket> posters = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ChatClient poster = ChatClient.register(port, name());
      poster.put("/api/rooms/" + room + "/members/me");
      posters.add(poster.socket());
    }
    List<CompletableFuture<Set<Long>>> acknowledged =
        posters.stream()
            .map(poster -> CompletableFuture.supplyAsync(() -> postAndCollect(poster, room, 50)))
            .toList();
    assertThat(listener.seqsUntil(409)).isEqualTo(LongStream.rangeClosed(1, 409).boxed().toList());
    Set<Long> all = new HashSet<>();
    acknowledged.forEach(seqs -> all.addAll(seqs.join()));
    assertThat(all).hasSize(400);
    posters.forEach(TestSocket::close);
    listener.close();
  }

  @Test
  void tellsASlowReaderThatItIsBehindAndLosesNothing() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    TestSocket slow = ada.socket();
    slow.subscribe(room, 0);
    slow.next("entry");
    // Far more than the kernel's buffers and the send queue hold together: 32 MB.
    int messages = 2_000;
    int said = 0;
    List<Long> seqs = new ArrayList<>();
    OptionalLong told = OptionalLong.empty();
    // A subscription that still reads the log gets everything without falling behind. It is live
    // soon after a reader has seen the end: one message at a time gives it the time. If it was not,
    // it all begins again.
    while (told.isEmpty() && said < 3 * messages) {
      for (int i = 0; i < 10; i++) {
        say(ada, room, said, 1, "one");
        said++;
        assertThat(readUntilBehind(slow, seqs, said + 1)).isEmpty();
      }
      slow.stopReading();
      say(ada, room, said, messages, "👋".repeat(3_990));
      said += messages;
      slow.startReading();
      told = readUntilBehind(slow, seqs, said + 1);
    }
    long behind = told.orElseThrow();
    assertThat(seqs).isEqualTo(LongStream.rangeClosed(2, behind).boxed().toList());
    assertThat(behind).isLessThan(said + 1);

    slow.subscribe(room, behind);
    assertThat(slow.seqsUntil(said + 1))
        .isEqualTo(LongStream.rangeClosed(behind + 1, said + 1).boxed().toList());
    slow.close();
  }

  @Test
  void tellsWhoIsHere() {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    grace.put("/api/rooms/" + room + "/members/me");
    TestSocket first = ada.socket();
    first.subscribe(room, 0);
    assertThat(first.next("presence").get("here").size()).isEqualTo(1);
    TestSocket second = grace.socket();
    second.subscribe(room, 0);
    assertThat(second.next("presence").get("here").size()).isEqualTo(2);
    String graceId = grace.personId();
    assertThat(first.next(frame -> names(frame, "arrived", graceId)).get("count").intValue())
        .isEqualTo(2);
    second.close();
    assertThat(first.next(frame -> names(frame, "departed", graceId)).get("count").intValue())
        .isEqualTo(1);
    first.close();
  }

  @Test
  void tellsThatMembershipsChangedAndStopsWhenOneLeaves() {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "private");
    TestSocket socket = grace.socket();
    socket.next("welcome");
    ada.put("/api/rooms/" + room + "/members/" + grace.personId());
    socket.next("rooms-changed");
    socket.subscribe(room, 0);
    assertThat(socket.next("error").get("problem").stringValue()).isEqualTo("room-not-found");
    grace.put("/api/rooms/" + room + "/members/me");
    socket.next("rooms-changed");
    socket.subscribe(room, 0);
    assertThat(socket.seqsUntil(2)).containsExactly(1L, 2L);
    grace.delete("/api/rooms/" + room + "/members/me");
    assertThat(socket.next("entry").get("kind").stringValue()).isEqualTo("left");
    say(ada, room, 0, 3, "in private");
    socket.subscribe(room, 0);
    JsonNode next =
        socket.next(frame -> !TestSocket.type(frame).matches("rooms-changed|presence-changed"));
    assertThat(TestSocket.type(next)).as(next.toString()).isEqualTo("error");
    assertThat(next.get("problem").stringValue()).isEqualTo("room-not-found");
    socket.close();
  }

  @Test
  void readsBack() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 10, "m");
    TestSocket socket = ada.socket();
    socket.send(history(room, 8, 3));
    JsonNode history = socket.next("history");
    assertThat(history.get("entries").get(0).get("seq").longValue()).isEqualTo(5);
    assertThat(history.get("entries").size()).isEqualTo(3);
    assertThat(history.get("more").booleanValue()).isTrue();
    socket.close();
  }

  @Test
  void showsMessagesAsTheyAreNow() {
    ChatClient ada = ChatClient.register(port, name());
    ChatClient grace = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    grace.put("/api/rooms/" + room + "/members/me");
    TestSocket socket = ada.socket();
    socket.subscribe(room, 2);
    for (String each : List.of("one", "two", "three")) {
      grace.post("/api/rooms/" + room + "/messages", message(each, each));
    }
    String messages = "/api/rooms/" + room + "/messages/";
    assertThat(grace.patch(messages + 3, Map.of("text", "first")).statusCode()).isEqualTo(200);
    assertThat(ada.delete(messages + 4).statusCode()).isEqualTo(204);

    assertThat(socket.seqsUntil(7)).containsExactly(3L, 4L, 5L, 6L, 7L);
    socket.send(history(room, 99, 5));
    JsonNode history = socket.next("history");
    assertThat(history.get("entries").valueStream().map(entry -> entry.get("text").stringValue()))
        .containsExactly("first", "", "three");
    assertThat(history.get("from").longValue()).isEqualTo(3);
    assertThat(history.get("to").longValue()).isEqualTo(7);
    assertThat(body(grace.get(messages.replaceAll("/$", "?around=5&limit=5"))).get("entries"))
        .isEqualTo(history.get("entries"));
    socket.close();
  }

  @Test
  void shortensAHistoryThatWouldNotFitIntoOneMessage() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 100, "👋".repeat(3_990));
    TestSocket socket = ada.socket();
    socket.send(history(room, 102, 100));
    JsonNode history = socket.next("history");
    assertThat(history.toString().length()).isLessThan(262_144);
    int count = history.get("entries").size();
    assertThat(count).isBetween(1, 20);
    assertThat(history.get("entries").get(count - 1).get("seq").longValue()).isEqualTo(101);
    assertThat(history.get("more").booleanValue()).isTrue();
    socket.close();
  }

  @Test
  void answersWhileManyClientsDoNotReadTheirHistory() throws IOException {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 20, "👋".repeat(3_990));
    List<UnreadSocket> unread = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      unread.add(UnreadSocket.open(ada, room));
    }
    assertThat(ada.get("/api/rooms/" + room).statusCode()).isEqualTo(200);
    unread.forEach(UnreadSocket::close);
  }

  @Test
  void shortensAPageOverHttpThatWouldBeTooLong() {
    ChatClient ada = ChatClient.register(port, name());
    String room = ada.createRoom(name(), "public");
    say(ada, room, 0, 40, "👋".repeat(3_990));
    String path = "/api/rooms/" + room + "/entries?limit=40&";
    String forwards = ada.get(path + "after=1").body();
    assertThat(forwards.getBytes(UTF_8).length).isLessThanOrEqualTo(262_144);
    JsonNode first = ChatClient.JSON.readTree(forwards);
    assertThat(first.get("entries").get(0).get("seq").longValue()).isEqualTo(2);
    assertThat(first.get("more").booleanValue()).isTrue();
    JsonNode newest = body(ada.get(path + "before=42"));
    int count = newest.get("entries").size();
    assertThat(count).isBetween(5, 20);
    assertThat(newest.get("entries").get(count - 1).get("seq").longValue()).isEqualTo(41);
    assertThat(newest.get("more").booleanValue()).isTrue();
  }

  @Test
  void closesTheSocketsOfASessionThatEnds() {
    ChatClient ada = ChatClient.register(port, name());
    TestSocket socket = ada.socket();
    socket.next("welcome");
    ada.delete("/api/session");
    assertThat(socket.closeCode()).isEqualTo(4500);
  }

  private boolean handshakeFails(String token) {
    try {
      TestSocket.open(port, token);
      return false;
    } catch (CompletionException e) {
      return e.getCause() instanceof java.net.http.WebSocketHandshakeException;
    }
  }

  private static Set<Long> postAndCollect(TestSocket poster, String room, int count) {
    for (int i = 0; i < count; i++) {
      poster.post(room, "c" + i, "message " + i);
    }
    Set<Long> seqs = new HashSet<>();
    for (int i = 0; i < count; i++) {
      seqs.add(poster.next("acknowledged").get("seq").longValue());
    }
    return seqs;
  }

  /// Reads until the slow reader is told that it is behind, or has read the entry `last`.
  private static OptionalLong readUntilBehind(TestSocket slow, List<Long> seqs, long last) {
    while (seqs.isEmpty() || seqs.getLast() < last) {
      JsonNode frame = slow.next(any -> true);
      switch (TestSocket.type(frame)) {
        case "entry" -> seqs.add(frame.get("seq").longValue());
        case "behind" -> {
          return OptionalLong.of(frame.get("after").longValue());
        }
        default -> {}
      }
    }
    return OptionalLong.empty();
  }

  private static boolean names(JsonNode frame, String member, String personId) {
    return TestSocket.type(frame).equals("presence-changed")
        && frame.get(member).toString().contains(personId);
  }

  private static Map<String, Object> with(Map<String, Object> frame, String member, Object value) {
    Map<String, Object> changed = new HashMap<>(frame);
    changed.put(member, value);
    return changed;
  }

  private static Map<String, Object> history(String room, long before, int limit) {
    return Map.of(
        "type", "history", "requestId", "h", "roomId", room, "before", before, "limit", limit);
  }

  /// Says something many times, past the door's limit on frames.
  private void say(ChatClient who, String room, int from, int count, String text) {
    Person person = new Person(new PersonId(UUID.fromString(who.personId())), "somebody", false);
    List<CompletableFuture<?>> posted = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      posted.add(rooms.post(RoomId.of(room), person, "m" + i, text + i, null));
    }
    posted.forEach(CompletableFuture::join);
  }
}
