package io.tercet.chat.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process ends before each statement of each change, in the middle of its transaction. Opened
/// again, the rooms are as before the change or as after it, and the change can be made.
class RoomsAreKilledTest {

  private static final int PATIENCE_MINUTES = 5;

  @TempDir Path folder;

  @Test
  void leavingEachChangeDoneOrNotBegun() throws Exception {
    Path original = Files.createDirectories(folder.resolve("original"));
    List<String> before;
    try (RoomsWithoutDoors chat = RoomsWithoutDoors.open(original)) {
      chat.prepare();
      before = chat.state();
    }
    List<String> said = dieAtEachStatement(original);

    for (Change change : Change.values()) {
      int copies = copiesOf(change);
      assertThat(copies).as("%s: %s", change, said).isGreaterThan(3);
      List<String> after = stateOfAcknowledged(copy(change, copies));
      assertThat(after).isNotEqualTo(before);
      for (int n = 1; n < copies; n++) {
        checkInterrupted(copy(change, n), before, change, after);
      }
    }
  }

  private List<String> dieAtEachStatement(Path original) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DiesAtEachStatement.class.getName(),
                original.toString(),
                folder.resolve("copies").toString())
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

  private static List<String> stateOfAcknowledged(Path copy) {
    assertThat(copy.resolve(DiesAtEachStatement.ACKNOWLEDGED)).exists();
    try (RoomsWithoutDoors chat = RoomsWithoutDoors.open(copy)) {
      checkWhole(chat);
      return chat.state();
    }
  }

  private static void checkInterrupted(
      Path copy, List<String> before, Change change, List<String> after) {
    assertThat(copy.resolve(DiesAtEachStatement.ACKNOWLEDGED)).doesNotExist();
    try (RoomsWithoutDoors chat = RoomsWithoutDoors.open(copy)) {
      checkWhole(chat);
      assertThat(chat.state()).as("%s", copy).isEqualTo(before);
      change.make(chat);
      assertThat(chat.state()).as("%s", copy).isEqualTo(after);
      checkWhole(chat);
    }
  }

  /// The file is sound, and its counters say what is there.
  private static void checkWhole(RoomsWithoutDoors chat) {
    assertThat(chat.query("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(chat.query("PRAGMA foreign_key_check")).isEmpty();
    assertThat(
            chat.query(
                """
                SELECT name FROM room r WHERE
                  last_seq <> (SELECT COUNT(*) FROM entry e WHERE e.room_id = r.room_id)
                  OR last_seq <> (SELECT MAX(seq) FROM entry e WHERE e.room_id = r.room_id)
                  OR member_count <> (SELECT COUNT(*) FROM member m WHERE m.room_id = r.room_id)
                """))
        .isEmpty();
  }
}
