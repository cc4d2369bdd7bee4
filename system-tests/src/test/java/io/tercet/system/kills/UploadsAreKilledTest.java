package io.tercet.system.kills;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.Person;
import io.tercet.system.client.RawConnection;
import io.tercet.system.kills.Uploader.Sent;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Service;
import io.tercet.system.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A service dies in the middle of uploads into a room: the one that stores them, or the one that
/// announces them.
@DrivesTheStack
@Tag("process")
@Order(Integer.MAX_VALUE)
class UploadsAreKilledTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int UPLOADERS = 4;
  private static final int FILES_EACH = 25;
  private static final int CUT_OFF_BYTES = 2_000_000;

  private final Stack stack;
  private final Person ada;
  private final String room;

  UploadsAreKilledTest(Stack stack) {
    this.stack = stack;
    this.ada = Person.guest(stack, "ada");
    this.room = ada.createsRoom("uploads");
  }

  @ParameterizedTest
  @EnumSource
  void everyFileIsWholeOrAbsentAndAnnouncedOnce(Service killed) throws Exception {
    Seed seed = Seed.announced("UploadsAreKilledTest " + killed);
    RandomGenerator random = seed.generator();
    Milestones acknowledgements = new Milestones();
    Map<String, Sent> sent = new LinkedHashMap<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RawConnection cutOff = halfAnUpload()) {
      List<CompletableFuture<Map<String, Sent>>> uploading = new ArrayList<>();
      for (int each = 0; each < UPLOADERS; each++) {
        String stem = "u" + each;
        Uploader uploader =
            new Uploader(ada, folder(), new Seed(random.nextLong()).generator(), acknowledgements);
        uploading.add(
            CompletableFuture.supplyAsync(
                () -> uploader.upload(stem, FILES_EACH, stack.killable()), threads));
      }
      acknowledgements.await(random.nextInt(10, 30));
      stack.killable().kill(killed);
      if (killed == Service.FILES) {
        assertThat(cutOff.statusLine()).doesNotContain(" 20");
      }
      uploading.forEach(files -> sent.putAll(files.join()));
    }

    // Whoever remembered that ada is a member needed no chat-service to take the last files.
    stack.killable().awaitAnswering(killed);
    // file-service may need a moment more until it reaches the chat-service that started.
    await().atMost(PATIENCE).until(() -> half().status() != 503);
    assertThat(half().status()).isEqualTo(404);
    List<String> expected = new ArrayList<>();
    sent.values().stream().filter(this::isWhole).map(Sent::path).forEach(expected::add);
    expected.add("kills/last.bin");
    awaitAnnounced("kills/last.bin");
    assertThat(announcements()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /// True if the file is there with the right bytes, false if it is not there at all.
  private boolean isWhole(Sent file) {
    Answer answer = ada.browser().get(folder() + file.path());
    if (answer.status() == 404) {
      assertThat(file.acknowledged()).as("%s was acknowledged and is gone", file.path()).isFalse();
      return false;
    }
    assertThat(Bytes.sha256(answer.expect(200).body())).as(file.path()).isEqualTo(file.sha256());
    return true;
  }

  private Answer half() {
    return ada.browser().get(folder() + "kills/half.bin");
  }

  private RawConnection halfAnUpload() throws Exception {
    RawConnection connection = RawConnection.to(stack.frontDoor());
    connection.send(
        """
        PUT %skills/half.bin HTTP/1.1\r
        Host: localhost:%d\r
        Cookie: %s\r
        Origin: %s\r
        Content-Length: %d\r
        \r
        """
            .formatted(folder(), stack.port(), ada.cookie(), stack.origin(), CUT_OFF_BYTES));
    connection.send("x".repeat(CUT_OFF_BYTES / 2));
    return connection;
  }

  /// Uploads one more file and waits for it: announcements come in the order of the uploads.
  private void awaitAnnounced(String last) {
    ada.browser().upload(folder() + last, "the end".getBytes(UTF_8)).expect(201);
    await().atMost(PATIENCE).until(() -> announcements().contains(last));
  }

  private List<String> announcements() {
    return ada.readsLog(room).stream()
        .filter(entry -> entry.path("kind").asString().equals("file"))
        .map(entry -> entry.path("file").path("path").asString())
        .toList();
  }

  private String folder() {
    return "/api/files/rooms/" + room + "/";
  }
}
