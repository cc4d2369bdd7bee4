package io.tercet.files.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.blob.BlobStore;
import io.tercet.files.blob.IncomingBlob;
import io.tercet.files.catalog.Catalog;
import io.tercet.files.identity.Person;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweeperTest {
  private static final String MINE = "/api/files/people/me/";
  private static final int OPERATIONS = 150;

  @TempDir private Path data;

  private RunningService start(ChatStub chat, String... more) throws Exception {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "--tercet.files.sweep.pause=1h",
                "--tercet.files.sweep.round=0s",
                "--tercet.files.catalog.versions-max=3",
                "--tercet.files.folder.purge-pause=1ms"));
    settings.addAll(List.of(more));
    return RunningService.start(data, chat, settings.toArray(String[]::new));
  }

  /// Runs until nothing is left to do: one page each time, and one more run to end a walk.
  private static void sweep(RunningService service) {
    for (int i = 0; i < 300; i++) {
      service.bean(Sweeper.class).run();
    }
  }

  private Set<String> onDisk() throws Exception {
    try (Stream<Path> all = Files.walk(data.resolve("files/blobs"))) {
      return all.filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(HashSet::new));
    }
  }

  private static Set<String> referredTo(RunningService service) {
    return service
        .bean(Catalog.class)
        .read(tree ->
            new HashSet<>(
                tree.jdbc()
                    .sql("select sha256 from version union select sha256 from site_file")
                    .query(String.class)
                    .list()));
  }

  private static BlobStore.PinnedBlob store(RunningService service, String text) {
    BlobStore blobs = service.bean(BlobStore.class);
    try (IncomingBlob incoming = blobs.receive(0)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      incoming.write(bytes, 0, bytes.length);
      return blobs.store(incoming);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void removesAllThatNothingRefersToAndNothingElse(long seed) throws Exception {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            start(chat, "--tercet.files.sweep.grace=0s", "--tercet.files.sweep.page=7")) {
      Person ada = chat.person("ada");
      List<BlobStore.PinnedBlob> arriving = new ArrayList<>();
      for (int i = 0; i < OPERATIONS; i++) {
        String name = "web/" + "abcde".charAt(random.nextInt(5));
        String text = "text " + random.nextInt(30);
        switch (random.nextInt(10)) {
          case 0 -> service.delete(ada, MINE + name);
          case 1 -> {
            service.put(ada, MINE + "web/index.html", text);
            service.json(ada, "PUT", "/api/sites/s" + seed, "{\"folder\":\"people/me/web\"}");
          }
          case 2 -> service.delete(ada, "/api/sites/s" + seed);
          case 3 -> arriving.add(store(service, text));
          case 4 -> store(service, "left by a kill " + i).close();
          case 5 -> service.delete(ada, MINE + "web/");
          case 6 -> service.bean(Sweeper.class).run();
          default -> service.put(ada, MINE + name, text);
        }
        assertThat(onDisk()).containsAll(referredTo(service));
      }

      sweep(service);

      Set<String> kept = referredTo(service);
      arriving.forEach(blob -> kept.add(blob.sha256()));
      assertThat(onDisk()).isEqualTo(kept);
      arriving.forEach(BlobStore.PinnedBlob::close);
      sweep(service);
      assertThat(onDisk()).isEqualTo(referredTo(service));
    }
  }

  @Test
  void leavesAloneWhatIsYoung() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = start(chat, "--tercet.files.sweep.grace=1h")) {
      store(service, "left by a kill").close();
      sweep(service);

      assertThat(onDisk()).hasSize(1);
    }
  }

  @Test
  void keepsSoManyVersions() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = start(chat, "--tercet.files.sweep.grace=0s")) {
      Person ada = chat.person("ada");
      for (int i = 0; i < 50; i++) {
        service.put(ada, MINE + "a", "version " + i);
      }
      sweep(service);

      assertThat(onDisk()).hasSize(3);
      assertThat(service.get(ada, MINE + "a").text()).isEqualTo("version 49");
    }
  }

  @Test
  void keepsTheNewestVersionOfTheMakerUnderAllThatOthersWriteOverIt() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            start(chat, "--tercet.files.sweep.grace=0s", "--tercet.files.sweep.version-life=0s")) {
      Person ada = chat.person("ada");
      Person mallory = chat.person("mallory");
      String path = "/api/files/rooms/" + chat.room("plans", ada, mallory) + "/plan";
      service.put(ada, path, "first");
      String id = service.put(ada, path, "second").json().get("fileId").asString();
      for (int i = 0; i < 10; i++) {
        service.put(mallory, path, "over it " + i);
      }
      sweep(service);

      assertThat(service.get(ada, path).text()).isEqualTo("over it 9");
      assertThat(service.get(ada, "/api/files/by-id/" + id + "?version=2").text())
          .isEqualTo("second");
      assertThat(onDisk()).hasSize(2);

      service.put(ada, path, "third");
      sweep(service);

      assertThat(onDisk()).hasSize(1);
    }
  }

  @Test
  void deletesVersionsThatWereReplacedLongAgo() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            start(chat, "--tercet.files.sweep.grace=0s", "--tercet.files.sweep.version-life=0s")) {
      Person ada = chat.person("ada");
      String id = service.put(ada, MINE + "a", "one").json().get("fileId").asString();
      service.put(ada, MINE + "a", "two");
      sweep(service);

      assertThat(service.get(ada, "/api/files/by-id/" + id + "?version=1").problem())
          .isEqualTo("404 file-not-found");
      assertThat(service.get(ada, MINE + "a").text()).isEqualTo("two");
      assertThat(onDisk()).hasSize(1);
    }
  }

  @Test
  void removesTheContentsOfOlderVersionsOfASite() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = start(chat, "--tercet.files.sweep.grace=0s")) {
      Person ada = chat.person("ada");
      String site = "s" + UUID.randomUUID().toString().substring(0, 8);
      for (int i = 0; i < 9; i++) {
        service.put(ada, MINE + "web/index.html", "site " + i);
        service.json(ada, "PUT", "/api/sites/" + site, "{\"folder\":\"people/me/web\"}");
      }
      sweep(service);

      assertThat(onDisk()).hasSize(3);
    }
  }
}
