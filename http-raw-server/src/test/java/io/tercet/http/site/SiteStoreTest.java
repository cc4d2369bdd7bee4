package io.tercet.http.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is on disk is whole, or counts as absent.
class SiteStoreTest {
  private static final long BYTES_MAX = 4 * 4096;
  private static final byte[] HELLO = "hello".getBytes(UTF_8);
  private static final Manifest.File INDEX =
      new Manifest.File("index.html", 5, FakeFileService.sha256(HELLO));
  private static final Manifest ADA = new Manifest(new SiteVersion("ada", 1), List.of(INDEX));
  private static final Manifest BOB = new Manifest(new SiteVersion("bob", 2), List.of(INDEX));

  @TempDir Path data;
  private Path folder;
  private SiteStore store;

  @BeforeEach
  void make() throws IOException {
    folder = data.resolve("pages");
    store = new SiteStore(folder, BYTES_MAX);
  }

  @Test
  void bringsBackWhatItKept() throws IOException {
    fill();
    assertThat(new SiteStore(folder, BYTES_MAX).load()).containsExactlyInAnyOrder(ADA, BOB);
  }

  @Test
  void dropsAManifestThatIsNoText() throws IOException {
    fill();
    Path broken = folder.resolve("sites/ada");
    byte[] bytes = Files.readAllBytes(broken);
    bytes[bytes.length / 2] = (byte) 0xff;
    Files.write(broken, bytes);
    assertThat(store.load()).containsExactly(BOB);
    assertThat(broken).doesNotExist();
  }

  @Test
  void passesOverWhatCannotBeRead() throws IOException {
    fill();
    Files.createDirectory(folder.resolve("sites/folder"));
    assertThat(store.load()).containsExactlyInAnyOrder(ADA, BOB);
  }

  @Test
  void flushesEverythingBeforeItHasItsName() throws IOException {
    List<String> flushed;
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      store.add(INDEX, new ByteArrayInputStream(HELLO));
      store.keep(ADA);
      recording.stop();
      flushed = flushed(recording);
    }
    String blobs = "blobs/" + INDEX.sha256().substring(0, 2);
    String unfinished = "unfinished-" + ProcessHandle.current().pid();
    assertThat(flushed).containsExactly(unfinished, blobs, "blobs", unfinished, "sites");
  }

  @Test
  void makesWhatOnlyItsOwnerCanReadAndTakesWhatWasOpenFromOthers() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    store = new SiteStore(folder, BYTES_MAX);
    fill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }

  @Test
  void leavesWhatAnotherProcessWritesAndDeletesWhatOneLeftThatHasEnded() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Path left = Files.writeString(folder.resolve("unfinished-" + ended.pid()), "half");
    Path written = Files.writeString(folder.resolve("unfinished-" + parent), "half");
    SiteStore again = new SiteStore(folder, BYTES_MAX);
    assertThat(again.load()).isEmpty();
    assertThat(left).doesNotExist();
    assertThat(written).exists();
  }

  @Test
  void countsWholeBlocksAndEachContentOnce() throws IOException {
    fill();
    assertThat(store.bytes()).as("a content and two manifests").isEqualTo(3 * 4096);
    store.keep(ADA);
    assertThat(store.bytes()).isEqualTo(3 * 4096);
    SiteStore again = new SiteStore(folder, BYTES_MAX);
    again.measure();
    assertThat(again.bytes()).isEqualTo(3 * 4096);
    again.forgetAllBut(Set.of("ada"));
    again.sweep(_ -> Set.of());
    assertThat(again.bytes()).isEqualTo(4096);
    assertThat(SiteStore.onDisk(0)).isEqualTo(4096);
    assertThat(SiteStore.onDisk(4096)).isEqualTo(4096);
    assertThat(SiteStore.onDisk(4097)).isEqualTo(2 * 4096);
    assertThat(SiteStore.onDisk(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void hasRoomUpToItsBytesAndNotForOneMore() throws IOException {
    fill();
    store.checkRoom(ADA, store.missing(ADA));
    Manifest larger = version(new Manifest.File("a", 1, "a".repeat(64)));
    assertThatThrownBy(() -> store.checkRoom(larger, store.missing(larger)))
        .isInstanceOf(NoRoomException.class)
        .hasMessage(
            "it needs 8192 bytes more, and 12288 of 16384 are used;"
                + " take other sites down, or raise TERCET_SITES_DISK");
    Manifest huge =
        version(
            new Manifest.File("a", Long.MAX_VALUE, "a".repeat(64)),
            new Manifest.File("b", Long.MAX_VALUE, "b".repeat(64)));
    assertThatThrownBy(() -> store.checkRoom(huge, store.missing(huge)))
        .isInstanceOf(NoRoomException.class);
  }

  @Test
  void asksTheDiskWhetherItHasRoom() throws IOException {
    SiteStore boundless = new SiteStore(folder, Long.MAX_VALUE);
    Manifest huge = version(new Manifest.File("a", Long.MAX_VALUE / 2, "a".repeat(64)));
    assertThatThrownBy(() -> boundless.checkRoom(huge, boundless.missing(huge)))
        .isInstanceOf(NoRoomException.class)
        .hasMessageContaining("the disk has");
  }

  /// A folder that cannot be made stands for a full disk.
  @Test
  void tellsADiskThatTakesNothingFromASenderThatFails() throws IOException {
    assertThatThrownBy(() -> store.add(INDEX, new ByteArrayInputStream(new byte[1])))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(NoRoomException.class);
    Path unfinished = folder.resolve("unfinished-" + ProcessHandle.current().pid());
    assertThat(unfinished).doesNotExist();
    Path inTheWay = folder.resolve("blobs/" + INDEX.sha256().substring(0, 2));
    Files.createFile(inTheWay);
    assertThatThrownBy(() -> store.add(INDEX, new ByteArrayInputStream(HELLO)))
        .isInstanceOf(NoRoomException.class);
    assertThat(unfinished).doesNotExist();
    assertThat(store.bytes()).isZero();
    Files.delete(inTheWay);
    store.add(INDEX, new ByteArrayInputStream(HELLO));
    assertThat(store.bytes()).isEqualTo(4096);
  }

  private static Manifest version(Manifest.File... files) {
    return new Manifest(new SiteVersion("eve", 1), List.of(files));
  }

  private void fill() throws IOException {
    store.add(INDEX, new ByteArrayInputStream(HELLO));
    store.keep(ADA);
    store.keep(BOB);
  }

  /// Below the folder, in the order in which it was done.
  private List<String> flushed(Recording recording) throws IOException {
    Path file = data.resolve("flushes.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.FileForce"))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .map(event -> Path.of(event.getString("path")))
        .filter(path -> path.startsWith(folder))
        .map(path -> folder.relativize(path).toString())
        .toList();
  }
}
