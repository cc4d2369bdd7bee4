package io.tercet.system.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.system.client.Bytes;
import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A room is a folder: its members enter it, and what lands there appears in the conversation.
@DrivesTheStack
class RoomFolderTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Stack stack;

  RoomFolderTest(Stack stack) {
    this.stack = stack;
  }

  @Test
  void aFileThatLandsAppearsInTheConversationOnce() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("drop");
    grace.joins(room);
    byte[] bytes = Bytes.random(50_000);
    try (var socket = ChatClient.browser(grace)) {
      socket.subscribe(room, 0);

      ada.browser().upload("/api/files/rooms/" + room + "/plans/engine.pdf", bytes).expect(201);
      JsonNode file = socket.await("the file", RoomFolderTest::isFile).path("file");

      assertThat(file.path("path").asString()).isEqualTo("plans/engine.pdf");
      assertThat(file.path("size").asLong()).isEqualTo(bytes.length);
      assertThat(file.path("sha256").asString()).isEqualTo(Bytes.sha256(bytes));
      String path = "/api/files/rooms/" + room + "/" + file.path("path").asString();
      assertThat(grace.browser().get(path).expect(200).body()).isEqualTo(bytes);
      socket.post(room, "after", "thank you");
      socket.awaitText(room, "thank you");
      assertThat(socket.entries(room).stream().filter(RoomFolderTest::isFile)).hasSize(1);
    }
  }

  @Test
  void aFileOfAMessageIsInTheMessageAndNowhereElse() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("pictures");
    grace.joins(room);
    byte[] bytes = Bytes.random(50_000);
    String path = "/api/files/rooms/" + room + "/engine.bin";
    try (var socket = ChatClient.browser(grace)) {
      socket.subscribe(room, 0);

      JsonNode item = ada.browser().upload(path + "?announce=no", bytes).expect(201).json();
      Map<String, Object> file =
          Map.of("fileId", item.path("fileId").asString(), "version", item.path("version").asInt());
      Map<String, Object> message =
          Map.of("clientMessageId", "m", "text", "The engine", "files", List.of(file));
      String messages = "/api/rooms/" + room + "/messages";
      await()
          .atMost(PATIENCE)
          .until(() -> ada.browser().post(messages, message).outcome().equals("201"));

      JsonNode entry = socket.await("the message", frame -> frame.has("files"));
      assertThat(entry.path("text").asString()).isEqualTo("The engine");
      assertThat(entry.path("files").get(0).path("sha256").asString())
          .isEqualTo(Bytes.sha256(bytes));
      ada.browser().upload("/api/files/rooms/" + room + "/last.bin", bytes).expect(201);
      socket.await("the next file", RoomFolderTest::isFile);
      assertThat(socket.entries(room).stream().filter(RoomFolderTest::isFile)).hasSize(1);
      assertThat(grace.browser().get(path).expect(200).body()).isEqualTo(bytes);
    }
  }

  private static boolean isFile(JsonNode frame) {
    return frame.path("kind").asString("").equals("file");
  }

  @Test
  void joiningOpensTheFolderAndLeavingClosesIt() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("members");
    String path = "/api/files/rooms/" + room + "/notes.txt";
    ada.browser().upload(path, "for members".getBytes(UTF_8)).expect(201);

    assertThat(grace.browser().get(path).outcome()).isEqualTo("404 room-not-found");
    assertThat(grace.browser().upload(path, new byte[1]).outcome()).isEqualTo("404 room-not-found");
    grace.joins(room);
    await().atMost(PATIENCE).until(() -> grace.browser().get(path).status() == 200);
    grace.leaves(room);
    await().atMost(PATIENCE).until(() -> grace.browser().get(path).status() == 404);
  }

  @Test
  void aPrivateFolderLooksAsIfItWereNotThere() {
    Person ada = Person.guest(stack, "ada");
    Person grace = Person.guest(stack, "grace");
    String room = ada.createsRoom("secret", "private");
    String nowhere = "/api/files/rooms/3f8e0f1a-53f4-4b0b-8f5e-6f1b9b1f2a10/";

    assertThat(grace.browser().get("/api/files/rooms/" + room + "/").outcome())
        .isEqualTo(grace.browser().get(nowhere).outcome())
        .isEqualTo("404 room-not-found");
  }
}
