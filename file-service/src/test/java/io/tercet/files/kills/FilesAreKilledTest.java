package io.tercet.files.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.ChatStub;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process ends before each statement of each change, in the middle of its transaction. Opened
/// again, the data is as before the change or as after it, and the change can be made.
class FilesAreKilledTest {
  private static final int PATIENCE_MINUTES = 5;

  /// The paths of which a room is told, by the change that stores a file there.
  private static final Map<Change, String> TOLD =
      Map.of(
          Change.UPLOAD, "a/b/uploaded",
          Change.REPLACEMENT, "replaced",
          Change.MOVE_INTO_A_ROOM, "to/deep/moved");

  @TempDir Path folder;

  @Test
  void leavingEachChangeDoneOrNotBegun() throws Exception {
    try (ChatStub chat = ChatStub.start()) {
      Person ada = chat.person("ada");
      UUID room = chat.room("plans", ada);
      FilesWithoutDoors.Owner owner = new FilesWithoutDoors.Owner(ada.personId(), room);
      List<String> before = prepare(chat, owner);
      long toldBefore = told(chat, "replaced");
      List<String> said = dieAtEachStatement(chat, owner);

      for (Change change : Change.values()) {
        int copies = copiesOf(change);
        assertThat(copies).as("%s: %s", change, said).isGreaterThan(3);
        List<String> after = checkAcknowledged(chat, owner, change, copies);
        assertThat(after).isNotEqualTo(before);
        for (int n = 1; n < copies; n++) {
          checkInterrupted(chat, owner, copy(change, n), before, change, after);
        }
        if (TOLD.containsKey(change)) {
          long more = change == Change.REPLACEMENT ? toldBefore : 0;
          assertThat(told(chat, TOLD.get(change))).as("%s", change).isEqualTo(copies + more);
        }
      }
    }
  }

  private FilesWithoutDoors open(ChatStub chat, FilesWithoutDoors.Owner owner, Path data) {
    return FilesWithoutDoors.open(data, chat.url(), owner, UnaryOperator.identity());
  }

  private List<String> prepare(ChatStub chat, FilesWithoutDoors.Owner owner) throws IOException {
    Path original = Files.createDirectories(folder.resolve("original"));
    ChatStub.writeSecret(original);
    try (FilesWithoutDoors files = open(chat, owner, original)) {
      Change.prepare(files);
      awaitTold(files);
      return files.state();
    }
  }

  /// Waits until the rooms are told of everything.
  private static void awaitTold(FilesWithoutDoors files) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofMinutes(1))
        .until(() -> files.query("select event_id from outbox").isEmpty());
  }

  private List<String> dieAtEachStatement(ChatStub chat, FilesWithoutDoors.Owner owner)
      throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DiesAtEachStatement.class.getName(),
                folder.resolve("original").toString(),
                folder.resolve("copies").toString(),
                chat.url(),
                owner.personId().toString(),
                owner.roomId().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> said = Files.readAllLines(log);
    assertThat(process.exitValue()).as("%s", said).isEqualTo(DiesAtEachStatement.EXIT);
    return said;
  }

  private Path copy(Change change, int n) {
    return folder.resolve("copies").resolve(change + "-" + n);
  }

  private int copiesOf(Change change) {
    int copies = 0;
    while (Files.exists(copy(change, copies + 1))) {
      copies++;
    }
    return copies;
  }

  private static long told(ChatStub chat, String path) {
    return chat.events().stream()
        .filter(event -> event.file().get("path").asString().equals(path))
        .count();
  }

  private List<String> checkAcknowledged(
      ChatStub chat, FilesWithoutDoors.Owner owner, Change change, int n) throws Exception {
    Path data = copy(change, n);
    assertThat(data.resolve(DiesAtEachStatement.ACKNOWLEDGED)).exists();
    try (FilesWithoutDoors files = open(chat, owner, data)) {
      checkWhole(files, data);
      awaitTold(files);
      return files.state();
    }
  }

  private void checkInterrupted(
      ChatStub chat,
      FilesWithoutDoors.Owner owner,
      Path data,
      List<String> before,
      Change change,
      List<String> after)
      throws Exception {
    assertThat(data.resolve(DiesAtEachStatement.ACKNOWLEDGED)).doesNotExist();
    try (FilesWithoutDoors files = open(chat, owner, data)) {
      checkWhole(files, data);
      assertThat(files.state()).as("%s", data).isEqualTo(before);
      change.make(files);
      assertThat(files.state()).as("%s", data).isEqualTo(after);
      awaitTold(files);
      checkWhole(files, data);
    }
  }

  /// The catalogue is consistent, and every content that it names is on disk, whole.
  private static void checkWhole(FilesWithoutDoors files, Path data) throws Exception {
    assertThat(files.query("pragma integrity_check")).containsExactly("ok");
    assertThat(files.query("pragma foreign_key_check")).isEmpty();
    for (String sha256 :
        files.query("select sha256 from version union select sha256 from site_file")) {
      Path blob = data.resolve("files/blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
      assertThat(sha256(Files.readAllBytes(blob))).as("%s", blob).isEqualTo(sha256);
    }
    try (Stream<Path> incoming = Files.list(data.resolve("files/incoming"))) {
      assertThat(incoming).isEmpty();
    }
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
