package io.tercet.system.badinput;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Person;
import io.tercet.system.client.RawConnection;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// An upload whose sender goes away in the middle leaves nothing to see.
@DrivesTheStack
class CutOffUploadTest {

  private final Stack stack;
  private final Person ada;
  private final String room;

  CutOffUploadTest(Stack stack) {
    this.stack = stack;
    this.ada = Person.guest(stack, "ada");
    this.room = ada.createsRoom("cut");
  }

  @Test
  void leavesNothingOfAnAnnouncedLength() throws IOException {
    send("PUT", "half.bin", "Content-Length: 1000000\r\n\r\n" + "x".repeat(500_000));

    assertThatNothingIsVisible("half.bin");
  }

  @Test
  void leavesNothingOfChunks() throws IOException {
    send("PUT", "chunks.bin", "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nffff\r\nand then");

    assertThatNothingIsVisible("chunks.bin");
  }

  @Test
  void leavesNothingOfChunksThatCannotBeRead() throws IOException {
    try (RawConnection connection = begin("PUT", "garbled.bin")) {
      connection.send("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n");

      assertThat(connection.statusLine()).startsWith("HTTP/1.1 400");
    }
    assertThatNothingIsVisible("garbled.bin");
  }

  @Test
  void leavesNothingOfAForm() throws IOException {
    send(
        "POST",
        "",
        """
        Content-Type: multipart/form-data; boundary=b\r
        Content-Length: 900000\r
        \r
        --b\r
        Content-Disposition: form-data; name="file"; filename="form.bin"\r
        \r
        """
            + "x".repeat(300_000));

    assertThatNothingIsVisible("form.bin");
  }

  @Test
  void keepsTheOldFileWhenItsReplacementIsCutOff() throws IOException {
    byte[] old = "the old words".getBytes(UTF_8);
    ada.browser().upload(folder() + "kept.txt", old).expect(201);

    send("PUT", "kept.txt", "Content-Length: 1000000\r\n\r\n" + "x".repeat(500_000));

    assertThat(ada.browser().get(folder() + "kept.txt").body()).isEqualTo(old);
  }

  private void send(String method, String name, String rest) throws IOException {
    try (RawConnection connection = begin(method, name)) {
      connection.send(rest);
    }
  }

  private RawConnection begin(String method, String name) throws IOException {
    RawConnection connection = RawConnection.to(stack.frontDoor());
    connection.send(
        "%s %s%s HTTP/1.1\r\nHost: localhost:%d\r\nCookie: %s\r\nOrigin: %s\r\n"
            .formatted(method, folder(), name, stack.port(), ada.cookie(), stack.origin()));
    return connection;
  }

  /// Neither in the folder nor in the conversation, not even after something that came later.
  private void assertThatNothingIsVisible(String name) {
    ada.browser().upload(folder() + "later.txt", new byte[] {1}).expect(201);
    try (var socket = ChatClient.browser(ada)) {
      socket.subscribe(room, 0);
      socket.await(
          "later.txt", frame -> frame.path("file").path("name").asString("").equals("later.txt"));

      assertThat(socket.entries(room))
          .noneMatch(entry -> entry.path("file").path("name").asString("").equals(name));
    }
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(30))
        .until(() -> ada.browser().get(folder() + name).status() == 404);
    assertThat(ada.browser().get(folder()).json().path("items").findValuesAsString("name"))
        .containsExactly("later.txt");
  }

  private String folder() {
    return "/api/files/rooms/" + room + "/";
  }
}
