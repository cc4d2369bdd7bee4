package io.tercet.system.chat;

import static io.tercet.system.client.ChatClient.message;
import static io.tercet.system.client.ChatClient.type;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Fresh;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Two people talk over WebSocket through the front door.
@DrivesTheStack
class ChatTest {

  private final Stack stack;

  ChatTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void carriesAMessageFromOnePersonToAnother() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("engines");
    grace.joins(room);
    try (var from = ChatClient.browser(ada);
        var to = ChatClient.program(grace)) {
      to.subscribe(room, 0);
      JsonNode acknowledged = from.post(room, "c1", "你好, Tercet 👋");
      JsonNode entry = to.awaitText(room, "你好, Tercet 👋");

      assertThat(type(acknowledged)).isEqualTo("acknowledged");
      assertThat(entry.path("seq")).isEqualTo(acknowledged.path("seq"));
      assertThat(entry.path("sentAt")).isEqualTo(acknowledged.path("sentAt"));
      assertThat(entry.path("name").asString()).isEqualTo(ada.name());
    }
  }

  @Test
  void welcomesEverybodyToTheLobby() {
    Person ada = Person.guest(stack, "ada");

    assertThat(ada.browser().get("/api/rooms").expect(200).json().path("rooms"))
        .anySatisfy(room -> {
          assertThat(room.path("name").asString()).isEqualTo("lobby");
          assertThat(room.path("member").asBoolean()).isTrue();
        });
  }

  @Test
  void answersAResendWithTheSameAcknowledgementAndWritesNothing() {
    Person ada = Person.guest(stack, "ada");
    String room = ada.createsRoom("echo");
    try (var socket = ChatClient.browser(ada)) {
      JsonNode first = socket.post(room, "c1", "once");
      JsonNode again = socket.post(room, "c1", "once");
      JsonNode other = socket.post(room, "c1", "something else");

      assertThat(again.path("seq")).isEqualTo(first.path("seq"));
      assertThat(other.path("problem").asString()).isEqualTo("client-message-id-reused");
      assertThat(texts(ada, room)).containsExactly("once");
    }
  }

  @Test
  void tellsOthersOfAnEditAndOfADeletionAndShowsThemToWhoComesLater() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("second-thoughts");
    grace.joins(room);
    try (var from = ChatClient.browser(ada);
        var to = ChatClient.program(grace)) {
      to.subscribe(room, 0);
      long corrected = from.post(room, "c1", "Tea at fuor").path("seq").asLong();
      long regretted = from.post(room, "c2", "a secret").path("seq").asLong();
      String messages = "/api/rooms/" + room + "/messages/";
      ada.browser().patch(messages + corrected, Map.of("text", "Tea at four")).expect(200);
      ada.browser().delete(messages + regretted).expect(204);

      JsonNode edit = to.await("the edit", frame -> isAbout(frame, "edited", corrected));
      JsonNode deletion = to.await("the deletion", frame -> isAbout(frame, "deleted", regretted));
      JsonNode later =
          from.ask("history", Map.of("roomId", room, "before", corrected + 100, "limit", 100));

      assertThat(edit.path("edited").path("text").asString()).isEqualTo("Tea at four");
      assertThat(deletion.path("personId").asString()).isEqualTo(ada.personId());
      assertThat(texts(later.path("entries").valueStream().toList()))
          .containsExactly("Tea at four", "");
      assertThat(texts(grace, room)).containsExactly("Tea at fuor", "");
      assertThat(grace.browser().patch(messages + corrected, Map.of("text", "No tea")).outcome())
          .isEqualTo("403 author-only");
    }
  }

  private static boolean isAbout(JsonNode frame, String kind, long seq) {
    return frame.path(kind).path("targetSeq").asLong(0) == seq;
  }

  @Test
  void resumesBehindTheLastEntryThatWasSeen() {
    Person ada = Person.guest(stack, "ada");
    String room = ada.createsRoom("resume");
    long seen;
    try (var socket = ChatClient.browser(ada)) {
      seen = socket.post(room, "c1", "one").path("seq").asLong();
      socket.post(room, "c2", "two");
    }
    try (var later = ChatClient.browser(ada)) {
      later.subscribe(room, seen);
      later.post(room, "c3", "three");
      later.awaitText(room, "three");

      assertThat(later.entries(room).stream().map(entry -> entry.path("text").asString()))
          .containsExactly("two", "three");
    }
  }

  @Test
  void readsHistoryBackwards() {
    Person ada = Person.guest(stack, "ada");
    String room = ada.createsRoom("history");
    try (var socket = ChatClient.browser(ada)) {
      for (int each = 1; each <= 5; each++) {
        socket.post(room, "c" + each, "line " + each);
      }
      long last = socket.subscribe(room, 0).path("last").asLong();
      JsonNode history = socket.ask("history", Map.of("roomId", room, "before", last, "limit", 2));

      assertThat(history.path("entries").valueStream().map(entry -> entry.path("text").asString()))
          .containsExactly("line 3", "line 4");
      assertThat(history.path("more").asBoolean()).isTrue();
    }
  }

  @Test
  void writesJoiningAndLeavingIntoTheLog() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("doors");
    try (var socket = ChatClient.browser(ada)) {
      socket.subscribe(room, 0);
      grace.joins(room);
      grace.leaves(room);

      for (String kind : List.of("joined", "left")) {
        socket.await(
            kind,
            frame ->
                frame.path("kind").asString("").equals(kind)
                    && frame.path("personId").asString().equals(grace.personId()));
      }
    }
    try (var outside = ChatClient.browser(grace)) {
      JsonNode refused = outside.post(room, "c1", "am I still in?");

      assertThat(refused.path("problem").asString()).isEqualTo("room-not-found");
    }
  }

  @Test
  void saysWhoIsHere() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("here");
    grace.joins(room);
    try (var watching = ChatClient.browser(ada)) {
      watching.subscribe(room, 0);
      try (var visiting = ChatClient.browser(grace)) {
        visiting.subscribe(room, 0);
        JsonNode presence = visiting.await("presence", frame -> type(frame).equals("presence"));

        assertThat(presence.path("here").findValuesAsString("name")).contains(grace.name());
        // Who is here by another chat-service is told a moment later.
        visiting.await(
            "ada is here", frame -> names(frame, "here", ada) || names(frame, "arrived", ada));
        watching.await("grace arrives", frame -> names(frame, "arrived", grace));
      }
      watching.await("grace departs", frame -> names(frame, "departed", grace));
    }
  }

  @Test
  void catchesUpWithAThousandMessagesInOrder() {
    Person ada = Person.guest(stack, "ada");
    String room = ada.createsRoom("thousand");
    postAThousand(ada, room);
    try (var late = ChatClient.browser(ada)) {
      JsonNode subscribed = late.subscribe(room, 0);
      long last = subscribed.path("last").asLong();
      List<JsonNode> entries = late.entriesUntil(room, last);

      assertThat(entries.stream().map(entry -> entry.path("seq").asLong()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
      assertThat(entries.stream().filter(ChatTest::isMessage)).hasSize(1_000);
    }
  }

  /// Twenty sockets in turn, because a socket may say a hundred things at once and then few a
  /// second.
  private static void postAThousand(Person person, String room) {
    for (int socket = 0; socket < 20; socket++) {
      try (var client = ChatClient.browser(person)) {
        String stem = Fresh.name("m") + ".";
        List<String> requests =
            LongStream.range(0, 50)
                .mapToObj(each -> client.request("post", message(room, stem + each, "x" + each)))
                .toList();
        requests.forEach(
            request -> assertThat(type(client.answerTo(request))).isEqualTo("acknowledged"));
      }
    }
  }

  @Test
  void endsTheSocketsOfASessionThatSignsOut() {
    Person ada = Person.guest(stack, "ada");
    try (var socket = ChatClient.browser(ada)) {
      ada.browser().delete("/api/session").expect(204);

      assertThat(socket.awaitClose()).isEqualTo(4500);
    }
    assertThat(ada.browser().get("/api/rooms").status()).isEqualTo(401);
  }

  private static List<String> texts(Person person, String room) {
    return texts(person.readsLog(room));
  }

  private static List<String> texts(List<JsonNode> entries) {
    return entries.stream()
        .filter(ChatTest::isMessage)
        .map(entry -> entry.path("text").asString())
        .toList();
  }

  private static boolean isMessage(JsonNode entry) {
    return entry.path("kind").asString().equals("message");
  }

  private static boolean names(JsonNode frame, String member, Person person) {
    return type(frame).startsWith("presence")
        && frame.path(member).findValuesAsString("personId").contains(person.personId());
  }
}
