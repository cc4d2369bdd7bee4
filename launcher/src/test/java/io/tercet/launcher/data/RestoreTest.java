package io.tercet.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.launcher.console.Printed;
import io.tercet.launcher.process.StopRequests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {

  private static final int PAGE = 4_096;

  @TempDir Path folder;
  private final Printed printed = new Printed();
  private Path backup;
  private DataFolder data;

  @BeforeEach
  void fillBoth() throws IOException {
    backup = folder.resolve("backup");
    data = new DataFolder(folder.resolve("data"));
    fill(backup, "old");
    fill(data.path(), "new");
    Files.createDirectories(data.path().resolve("pages"));
    Files.writeString(data.path().resolve("pages/site"), "new");
  }

  @Test
  void putsTheBackupInPlaceAndKeepsWhatWasThere() throws Exception {
    restore(true);
    assertRestored();
    assertThat(printed.text()).contains("Restored " + backup).contains("before-restore");
  }

  @Test
  void leavesTheBackupAsItIs() throws Exception {
    restore(true);
    assertThat(content(backup)).isEqualTo("old");
    assertThat(backup.resolve("chat/renew-log-epoch")).doesNotExist();
  }

  @Test
  void ordersANewEpochAlsoForMessagesThatAreElsewhere() throws Exception {
    Files.delete(backup.resolve("chat/chat.db"));
    restore(false);
    assertThat(data.path().resolve("chat/renew-log-epoch")).exists();
    assertThat(printed.text()).contains("TERCET_CHAT_DATABASE_URL");
  }

  @Test
  void goesOnAfterAKillBeforeAnyOfItsMoves() throws Exception {
    int moves = 0;
    for (boolean killed = true; killed; moves++) {
      DataFolder each = new DataFolder(folder.resolve("data" + moves));
      fill(each.path(), "new");
      Files.createDirectories(each.path().resolve("pages"));
      data = each;
      killed = isKilledBefore(moves);
      if (!killed || moves > 0) {
        // The next run goes on; one that was killed before the copy was whole is as before.
        new Restore(data, printed.console()).finishAfterKill();
        assertRestored();
      } else {
        assertThat(content(data.path())).isEqualTo("new");
        restore(true);
        assertRestored();
      }
    }
    assertThat(moves).isGreaterThan(5);
  }

  @Test
  void keepsToItsOwnerWhatWasOpenInTheBackup() throws Exception {
    Files.setPosixFilePermissions(
        backup.resolve("chat/chat.db"), PosixFilePermissions.fromString("rw-r--r--"));

    restore(true);

    for (String part : List.of("chat", "chat/chat.db", "chat/renew-log-epoch", "before-restore")) {
      assertThat(Files.getPosixFilePermissions(data.path().resolve(part)))
          .as(part)
          .isSubsetOf(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void refusesToRestoreOverWhatItPutAsideBefore() throws Exception {
    restore(true);
    assertThatThrownBy(() -> restore(true))
        .hasMessageContaining("before-restore")
        .hasMessageContaining("move or delete it first");
  }

  @Test
  void refusesWhatIsNoCopyOfADataFolder() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefuses(empty, "no copy of a data folder: it has no files/catalog.db");
    assertRefuses(folder.resolve("missing"), "cannot read the backup");
    assertRefuses(data.path(), "overlap");
    assertRefuses(folder, "overlap");
  }

  @Test
  void refusesADatabaseThatIsNoneOrIsCutOff() throws IOException {
    Path database = backup.resolve("chat/chat.db");
    byte[] whole = Files.readAllBytes(database);
    Files.write(database, java.util.Arrays.copyOf(whole, PAGE + 1));
    assertRefuses(backup, "chat.db is cut off");
    Files.writeString(database, "x".repeat(PAGE));
    assertRefuses(backup, "chat.db is no database");
    Files.writeString(database, "");
    assertRefuses(backup, "chat.db is no database");
  }

  @Test
  void refusesALinkOutOfTheBackup() throws IOException {
    Files.createSymbolicLink(backup.resolve("files/link"), folder);
    assertRefuses(backup, "files/link is neither a file nor a folder");
  }

  private void assertRefuses(Path refused, String why) throws IOException {
    assertThatThrownBy(() -> restore(refused, true)).hasMessageContaining(why);
    assertThat(content(data.path())).isEqualTo("new");
    assertThat(data.path().resolve("before-restore")).doesNotExist();
  }

  private void assertRestored() throws IOException {
    assertThat(content(data.path())).isEqualTo("old");
    assertThat(content(data.path().resolve("before-restore"))).isEqualTo("new");
    assertThat(data.path().resolve("chat/renew-log-epoch")).exists();
    assertThat(data.path().resolve("pages")).doesNotExist();
    assertThat(data.path().resolve("restore")).doesNotExist();
    assertThat(data.path().resolve("restore.new")).doesNotExist();
  }

  private void restore(boolean withChat) throws Exception {
    restore(backup, withChat);
  }

  private void restore(Path from, boolean withChat) throws Exception {
    new Restore(data, printed.console()).from(from, withChat, new StopRequests(() -> false));
  }

  /// Whether so many moves happened at most, and then the launcher was killed.
  private boolean isKilledBefore(int move) throws Exception {
    Restore restore =
        new Restore(data, printed.console()) {
          private int moves;

          @Override
          void move(Path from, Path to) throws IOException {
            if (moves++ == move) {
              throw new KilledException();
            }
            super.move(from, to);
          }
        };
    try {
      restore.from(backup, true, new StopRequests(() -> false));
      return false;
    } catch (KilledException killed) {
      return true;
    }
  }

  private static final class KilledException extends RuntimeException {}

  private static void fill(Path data, String text) throws IOException {
    Files.createDirectories(data.resolve("chat"));
    Files.createDirectories(data.resolve("files/blobs"));
    Files.write(data.resolve("chat/chat.db"), database(text));
    Files.write(data.resolve("files/catalog.db"), database(text));
    Files.writeString(data.resolve("files/blobs/a"), text);
    Files.writeString(data.resolve("service-secret"), text);
  }

  /// A database of two pages, as far as its header says.
  private static byte[] database(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * PAGE);
    bytes.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    bytes.putShort(16, (short) PAGE).putInt(24, 7).putInt(28, 2).putInt(92, 7);
    bytes.put(PAGE, text.getBytes(StandardCharsets.US_ASCII));
    return bytes.array();
  }

  /// What every file of a data folder says, which is the same in all.
  private static String content(Path data) throws IOException {
    String text = Files.readString(data.resolve("files/blobs/a"));
    assertThat(data.resolve("service-secret")).hasContent(text);
    assertThat(data.resolve("chat/chat.db")).hasBinaryContent(database(text));
    assertThat(data.resolve("files/catalog.db")).hasBinaryContent(database(text));
    return text;
  }
}
