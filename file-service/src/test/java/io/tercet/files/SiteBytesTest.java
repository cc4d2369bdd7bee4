package io.tercet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many bytes a site may have, and all sites together.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiteBytesTest {
  private static final int BLOCK = 4096;
  private static final int BLOCKS_MAX = 5;
  private static final int ALL_BLOCKS_MAX = 12;

  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    chat = ChatStub.start();
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.site.bytes-max=" + BLOCKS_MAX * BLOCK + "B",
            "--tercet.files.site.all-bytes-max=" + ALL_BLOCKS_MAX * BLOCK + "B");
    ada = chat.person("ada");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @Test
  void refusesASiteOfMoreBytesThanItMayHave() throws Exception {
    put("most", "index.html", BLOCKS_MAX * BLOCK);
    assertThat(publish("most", "most").status()).isEqualTo(201);
    put("more", "index.html", BLOCKS_MAX * BLOCK + 1);

    Answer refused = publish("more", "more");

    assertThat(refused.problem()).isEqualTo("413 site-too-large");
    assertThat(refused.json().get("bytes").asLong()).isEqualTo((BLOCKS_MAX + 1) * BLOCK);
    assertThat(refused.json().get("bytesMax").asLong()).isEqualTo(BLOCKS_MAX * BLOCK);
    assertThat(refused.json().get("detail").asString())
        .isEqualTo("A site may have 20480 bytes, and this one has 24576: publish less.");
    assertThat(publish("most", "more").problem()).isEqualTo("413 site-too-large");
    assertThat(service.get(ada, "/api/sites").text()).contains("\"folder\":\"people/me/most\"");
    takeDown("most");
  }

  @Test
  void countsTinyFilesByTheirBlocksAndAContentOnce() throws Exception {
    for (int i = 0; i < BLOCKS_MAX; i++) {
      service.put(ada, "/api/files/people/me/same/" + i, "same");
      service.put(ada, "/api/files/people/me/tiny/" + i, "tiny " + i);
    }
    put("same", "index.html", 1);
    put("tiny", "index.html", 1);

    assertThat(publish("same", "same").status()).isEqualTo(201);
    assertThat(publish("tiny", "tiny").problem()).isEqualTo("413 site-too-large");
    takeDown("same");
  }

  @Test
  void refusesASiteForWhichTheOthersLeaveNoRoomUntilOneIsTakenDown() throws Exception {
    put("five", "index.html", 5 * BLOCK);
    put("three", "index.html", 3 * BLOCK);
    put("two", "index.html", 2 * BLOCK);
    assertThat(publish("a", "five").status()).isEqualTo(201);
    assertThat(publish("b", "five").status()).isEqualTo(201);

    Answer refused = publish("c", "three");

    assertThat(refused.problem()).isEqualTo("413 site-too-large");
    assertThat(refused.json().get("bytes").asLong()).isEqualTo(3 * BLOCK);
    assertThat(refused.json().get("bytesMax").asLong()).isEqualTo(2 * BLOCK);
    assertThat(refused.json().get("detail").asString())
        .isEqualTo(
            "All sites together may have 49152 bytes. The others have 40960, this one 12288:"
                + " take one down.");
    assertThat(publish("c", "two").status()).isEqualTo(201);
    assertThat(publish("b", "five").status()).as("the same again").isEqualTo(200);
    assertThat(publish("c", "three").problem()).as("larger").isEqualTo("413 site-too-large");
    assertThat(publish("a", "two").status()).as("smaller").isEqualTo(200);
    assertThat(publish("c", "three").status()).isEqualTo(200);
    takeDown("a");
    takeDown("b");
    takeDown("c");
  }

  /// Whatever was published, changed and taken down before: exactly what is left may be published.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsExactCountsThroughAnyHistory(long seed) throws Exception {
    for (int blocks = 1; blocks <= BLOCKS_MAX; blocks++) {
      put("size-" + blocks, "index.html", blocks * BLOCK);
    }
    Random random = new Random(seed);
    Map<String, Integer> published = new HashMap<>();
    for (int step = 0; step < 60; step++) {
      String site = "site-" + random.nextInt(5);
      if (random.nextInt(4) == 0) {
        int status = service.delete(ada, "/api/sites/" + site).status();
        assertThat(status).isEqualTo(published.remove(site) == null ? 404 : 204);
      } else {
        int blocks = 1 + random.nextInt(BLOCKS_MAX);
        int before = published.getOrDefault(site, 0);
        int others = published.values().stream().mapToInt(Integer::intValue).sum() - before;
        Answer answer = publish(site, "size-" + blocks);
        if (others + blocks <= ALL_BLOCKS_MAX) {
          assertThat(answer.status()).isEqualTo(before == 0 ? 201 : 200);
          published.put(site, blocks);
        } else {
          assertThat(answer.problem()).isEqualTo("413 site-too-large");
        }
      }
    }
    for (String site : published.keySet()) {
      takeDown(site);
    }
  }

  @Test
  void doesNotStartWithLimitsThatContradictEachOther(@TempDir Path data) {
    assertThatThrownBy(
            () -> RunningService.start(data, chat, "--tercet.files.site.all-bytes-max=1MB"))
        .rootCause()
        .hasMessageContaining("TERCET_QUOTA_SITES");
  }

  private void put(String folder, String name, int bytes) throws Exception {
    service.put(ada, "/api/files/people/me/" + folder + "/" + name, "x".repeat(bytes));
  }

  private Answer publish(String site, String folder) throws Exception {
    return service.json(
        ada, "PUT", "/api/sites/" + site, "{\"folder\":\"people/me/%s\"}".formatted(folder));
  }

  private void takeDown(String site) throws Exception {
    assertThat(service.delete(ada, "/api/sites/" + site).status()).isEqualTo(204);
  }
}
