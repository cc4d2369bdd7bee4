package io.tercet.chat;

import static io.tercet.chat.ChatClient.assertProblem;
import static io.tercet.chat.ChatClient.body;
import static io.tercet.chat.ChatServiceContract.name;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Pictures of people over HTTP.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class PicturesTest {

  private static final int BODY_MAX = 5 * 1024 * 1024;

  @TempDir static Path folder;

  @LocalServerPort int port;

  private ChatClient ada;
  private ChatClient grace;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry properties) {
    ChatServiceContract.start(properties, folder);
    properties.add("tercet.database.url", () -> "jdbc:sqlite:" + folder.resolve("chat/chat.db"));
  }

  @BeforeEach
  void twoEnter() {
    ada = ChatClient.register(port, name());
    grace = ChatClient.register(port, name());
  }

  @Test
  void areSeenByWhoSeesTheCardAndKeptForEver() throws Exception {
    HttpResponse<String> sent = send(BodyPublishers.ofByteArray(image(2_000, 1_000, "jpeg")));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    String path = path(sent);

    for (int size : new int[] {64, 128, 256}) {
      HttpResponse<byte[]> got = bytes(grace, path + "?size=" + size);
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(got.headers().firstValue("Content-Type")).hasValue("image/jpeg");
      assertThat(got.headers().firstValue("Cache-Control"))
          .hasValueSatisfying(value ->
              assertThat(value.split(", "))
                  .containsExactlyInAnyOrder("max-age=31536000", "private", "immutable"));
      assertThat(got.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(ImageIO.read(new ByteArrayInputStream(got.body())).getWidth()).isEqualTo(size);
    }
    assertThat(bytes(grace, path).body()).isEqualTo(bytes(grace, path + "?size=128").body());
    assertProblem(grace.get(path + "?size=100"), 400, "invalid-request");
    grace.delete("/api/rooms/" + grace.lobby() + "/members/me");
    assertProblem(grace.get(path), 404, "person-not-found");
  }

  @Test
  void areGoneWhenThereIsAnotherOneOrNone() throws IOException {
    String first = path(send(BodyPublishers.ofByteArray(image(10, 10, "png"))));
    String second = path(send(BodyPublishers.ofByteArray(image(20, 10, "gif"))));
    assertThat(second).isNotEqualTo(first);
    assertProblem(grace.get(first), 404, "not-found");
    assertThat(grace.get(second).statusCode()).isEqualTo(200);

    HttpResponse<String> removed = ada.delete("/api/people/me/picture");
    assertThat(removed.statusCode()).isEqualTo(200);
    assertThat(body(removed).has("picture")).isFalse();
    assertProblem(grace.get(second), 404, "not-found");
  }

  @Test
  void areRefusedWithWhatIsWrong() throws IOException {
    byte[] whole = image(10, 10, "png");
    byte[] part = java.util.Arrays.copyOf(whole, whole.length / 2);
    assertProblem(send(BodyPublishers.ofByteArray(part)), 400, "invalid-picture");
    assertProblem(send(BodyPublishers.ofString("<svg/>")), 415, "unsupported-media-type");
    assertProblem(send(BodyPublishers.noBody()), 415, "unsupported-media-type");
    byte[] wide = image(20_001, 1, "png");
    assertProblem(send(BodyPublishers.ofByteArray(wide)), 413, "too-large");
    assertThat(body(ada.get("/api/people/me")).has("picture")).isFalse();
  }

  @Test
  void mayBeLongerThanOtherBodiesUpToTheirOwnLimit() throws IOException {
    byte[] picture = image(10, 10, "png");
    byte[] padded = java.util.Arrays.copyOf(picture, BODY_MAX);
    assertThat(send(BodyPublishers.ofByteArray(padded)).statusCode()).isEqualTo(200);
    byte[] longer = java.util.Arrays.copyOf(picture, BODY_MAX + 1);
    assertProblem(send(BodyPublishers.ofByteArray(longer)), 413, "too-large");
    BodyPublisher withoutLength =
        BodyPublishers.ofInputStream(() ->
            new SequenceInputStream(
                new ByteArrayInputStream(longer), new ByteArrayInputStream(new byte[10])));
    assertProblem(send(withoutLength), 413, "too-large");
    assertProblem(
        ada.send(
            ada.json("/api/people/me/status")
                .PUT(BodyPublishers.ofString("{\"text\":\"a\",\"x\":\"" + "x".repeat(70_000) + "\"}"))),
        413,
        "too-large");
  }

  private HttpResponse<String> send(BodyPublisher body) {
    return ada.send(
        ada.request("/api/people/me/picture").header("Content-Type", "image/png").PUT(body));
  }

  private String path(HttpResponse<String> answer) {
    return "/api/people/"
        + ada.personId()
        + "/picture/"
        + body(answer).get("picture").stringValue();
  }

  private static HttpResponse<byte[]> bytes(ChatClient client, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          client.request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static byte[] image(int width, int height, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width);
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }
}
