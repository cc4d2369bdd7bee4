package io.tercet.system.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Service;
import io.tercet.system.stack.Stack;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A service dies while people send messages with files: the one that stores the files, or the one
/// that has the log. Each message is there once, whole, and no file has an entry of its own.
@DrivesTheStack
@Tag("process")
@Order(Integer.MAX_VALUE)
class MessagesWithFilesAreKilledTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int SENDERS = 3;
  private static final int MESSAGES_EACH = 12;

  private final Stack stack;
  private final Person ada;
  private final String room;

  MessagesWithFilesAreKilledTest(Stack stack) {
    this.stack = stack;
    this.ada = Person.guest(stack, "ada");
    this.room = ada.createsRoom("pictures");
  }

  @ParameterizedTest
  @EnumSource
  void everyMessageIsThereOnceWithItsFile(Service killed) throws Exception {
    Seed seed = Seed.announced("MessagesWithFilesAreKilledTest " + killed);
    RandomGenerator random = seed.generator();
    Milestones acknowledgements = new Milestones();
    Map<String, String> sent = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Map<String, String>>> sending = new ArrayList<>();
      for (int each = 0; each < SENDERS; each++) {
        String stem = killed + "-" + each;
        RandomGenerator own = new Seed(random.nextLong()).generator();
        sending.add(
            CompletableFuture.supplyAsync(() -> send(stem, own, acknowledgements), threads));
      }
      acknowledgements.await(random.nextInt(5, 20));
      stack.killable().kill(killed);
      sending.forEach(messages -> sent.putAll(messages.join()));
    }

    Map<String, String> found = new HashMap<>();
    for (JsonNode entry : ada.readsLog(room)) {
      assertThat(entry.path("kind").asString()).isNotEqualTo("file");
      if (entry.has("files") && entry.path("clientMessageId").asString().startsWith("" + killed)) {
        assertThat(entry.path("files")).hasSize(1);
        JsonNode file = entry.path("files").get(0);
        String path =
            "/api/files/by-id/%s?version=%d"
                .formatted(file.path("fileId").asString(), file.path("version").asInt());
        String hash = Bytes.sha256(ada.browser().get(path).expect(200).body());
        assertThat(file.path("sha256").asString()).isEqualTo(hash);
        assertThat(found.put(entry.path("clientMessageId").asString(), hash)).isNull();
      }
    }
    assertThat(found).isEqualTo(sent);
  }

  /// Sends messages with a file each, again and again until each is acknowledged.
  private Map<String, String> send(
      String stem, RandomGenerator random, Milestones acknowledgements) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (int each = 0; each < MESSAGES_EACH; each++) {
      String id = stem + "-" + each;
      byte[] bytes = Bytes.random(random.nextInt(1, 50_000), random);
      String path = "/api/files/rooms/" + room + "/" + id + "?announce=no";
      JsonNode item = untilDone(Set.of(200, 201), () -> ada.browser().upload(path, bytes)).json();
      Map<String, Object> file =
          Map.of("fileId", item.path("fileId").asString(), "version", item.path("version").asInt());
      Map<String, Object> message =
          Map.of("clientMessageId", id, "text", "", "files", List.of(file));
      untilDone(
          Set.of(200, 201), () -> ada.browser().post("/api/rooms/" + room + "/messages", message));
      hashes.put(id, Bytes.sha256(bytes));
      acknowledgements.reached();
    }
    return hashes;
  }

  /// Repeats a request while a service is away, or has not heard of a file yet.
  private static Answer untilDone(Set<Integer> done, Supplier<Answer> request) {
    AtomicReference<Answer> last = new AtomicReference<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> {
          try {
            Answer answer = request.get();
            last.set(answer);
            assertThat(done.contains(answer.status()) || mayPass(answer))
                .as(answer.outcome())
                .isTrue();
            return done.contains(answer.status());
          } catch (UncheckedIOException cutOff) {
            return false;
          }
        });
    return last.get();
  }

  private static boolean mayPass(Answer answer) {
    return answer.status() >= 500
        || answer.outcome().equals("409 file-not-confirmed")
        || answer.outcome().equals("429 too-fast");
  }
}
