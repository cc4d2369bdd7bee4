package io.tercet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.identity.Person;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// How large pictures are, in answers and in what chat-service learns; and files of messages.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PicturesTest {
  @TempDir private static Path data;
  private ChatStub chat;
  private RunningService service;
  private Person ada;
  private UUID room;
  private String folder;

  @BeforeAll
  void start() throws Exception {
    chat = ChatStub.start();
    service = RunningService.start(data, chat);
    ada = chat.person("ada");
    room = chat.room("r", ada);
    folder = "/api/files/rooms/" + room + "/";
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @Test
  void sayTheirSizeWhereverTheyAreListed() throws Exception {
    JsonNode stored = put(folder + "large.png", picture(640, 480)).json();

    assertThat(stored.get("width").asInt()).isEqualTo(640);
    assertThat(stored.get("height").asInt()).isEqualTo(480);
    assertThat(stored.get("mediaType").asString()).isEqualTo("image/png");
    JsonNode listed = item(service.get(ada, folder).json().get("items"), "large.png");
    assertThat(listed.get("width").asInt()).isEqualTo(640);
    JsonNode moved =
        service
            .json(
                ada,
                "POST",
                "/api/files/moves",
                "{\"from\":\"rooms/%s/large.png\",\"to\":\"rooms/%s/larger.png\"}"
                    .formatted(room, room))
            .json();
    assertThat(moved.get("height").asInt()).isEqualTo(480);
    JsonNode replaced = put(folder + "larger.png", picture(10, 20)).json();
    assertThat(replaced.get("width").asInt()).isEqualTo(10);
  }

  @Test
  void haveNoSizeIfTheyAreBrokenAndAreStored() throws Exception {
    byte[] broken = Arrays.copyOf(picture(64, 48), 20);

    JsonNode stored = put(folder + "broken.png", broken).json();

    assertThat(stored.get("mediaType").asString()).isEqualTo("image/png");
    assertThat(stored.has("width")).isFalse();
    assertThat(stored.has("height")).isFalse();
    assertThat(service.get(ada, folder + "broken.png").response().body()).isEqualTo(broken);
    assertThat(put(folder + "text.txt", "words".getBytes()).json().has("width")).isFalse();
  }

  @Test
  void areToldToChatServiceWithTheirSize() throws Exception {
    JsonNode stored = put(folder + "for-a-message.png?announce=no", picture(1_600, 900)).json();
    put(folder + "announced.png", picture(16, 9));

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !chat.confirmed().isEmpty() && event("announced.png") != null);
    JsonNode confirmed = chat.confirmed().getFirst().get("file");
    for (String member :
        new String[] {
          "fileId", "version", "path", "name", "size", "sha256", "mediaType", "width", "height"
        }) {
      assertThat(confirmed.get(member)).as(member).isEqualTo(stored.get(member));
    }
    assertThat(event("announced.png").get("width").asInt()).isEqualTo(16);
    assertThat(event("announced.png").get("height").asInt()).isEqualTo(9);
    assertThat(event("for-a-message.png")).isNull();
  }

  private JsonNode event(String name) {
    return chat.events(room).stream()
        .map(ChatStub.Event::file)
        .filter(file -> file.get("name").asString().equals(name))
        .findFirst()
        .orElse(null);
  }

  @Test
  void areAnnouncedOrNot() throws Exception {
    assertThat(put(folder + "a.txt?announce=perhaps", new byte[1]).problem())
        .isEqualTo("400 invalid-request");
    Person eve = chat.person("eve");
    assertThat(service.put(eve, folder + "a.txt?announce=no", "x").problem())
        .isEqualTo("404 room-not-found");
    assertThat(service.put(ada, "/api/files/people/me/a.txt?announce=no", "x").status())
        .isEqualTo(201);
  }

  private RunningService.Answer put(String path, byte[] bytes) throws Exception {
    return service.send(ada, "PUT", path, bytes);
  }

  private static JsonNode item(JsonNode items, String name) {
    return items
        .valueStream()
        .filter(item -> item.get("name").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] picture(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }
}
