package io.tercet.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the service refuses to start, and who may read what it keeps.
class StartTest {

  @TempDir Path folder;

  @Test
  void isRefusedInALineToASecondProcessOnTheSameDatabase() throws Exception {
    try (ServiceProcess first = ServiceProcess.start(folder)) {
      assertRefused()
          .hasMessageContaining("/chat/chat.db is in use by another chat-service")
          .hasMessageContaining("TERCET_DATA");
      assertThat(ChatClient.register(first.port(), "ada").lobby()).isNotEmpty();
    }
  }

  @Test
  void isRefusedInALineIfTheFolderCannotBeWritten() throws IOException {
    Files.createFile(folder.resolve("chat"));

    assertRefused().hasMessageContaining("/chat cannot be written: make it writable for this user");
  }

  @Test
  void isRefusedInALineIfTheDatabaseIsNoFile() throws IOException {
    Files.createDirectories(folder.resolve("chat/chat.db"));

    assertRefused().hasMessageContaining("/chat/chat.db cannot be opened: ");
  }

  @Test
  void isRefusedInALineIfTheUrlNamesNoDatabase() {
    assertRefused("--tercet.database.url=postgres://db/tercet?password=hush")
        .hasMessageContaining("TERCET_CHAT_DATABASE_URL names no database")
        .hasMessageContaining("jdbc:postgresql://host:5432/database")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void isRefusedInALineIfPostgresqlIsAwayForTooLong() throws IOException {
    int nobodyListens = freePort();
    assertRefused(
            "--tercet.database.url=jdbc:postgresql://127.0.0.1:" + nobodyListens + "/tercet",
            "--tercet.database.user=tercet",
            "--tercet.database.password=hush",
            "--tercet.database.start-max=1s")
        .hasMessageContaining(
            "PostgreSQL at 127.0.0.1:"
                + nobodyListens
                + " could not be used within 1 s: start it, or correct TERCET_CHAT_DATABASE_URL")
        .message()
        .doesNotContain("hush");
  }

  @Test
  void isRefusedInALineWhereThePortIsTaken() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (ServiceProcess first = ServiceProcess.start(folder)) {
      assertThatThrownBy(() -> ServiceProcess.start(other, "--server.port=" + first.port()))
          .hasMessageContaining("chat-service: port " + first.port() + " is taken")
          .message()
          .doesNotContain("\tat ");
    }
  }

  @Test
  void isRefusedInALineIfTheAddressOfValkeyIsNone() {
    assertRefused("--tercet.valkey.url=redis://:hid den@valkey:6379")
        .hasMessageContaining("TERCET_VALKEY_URL is no address of Valkey: give redis://")
        .hasMessageNotContaining("hid");
  }

  @Test
  void makesWhatOnlyItsOwnerCanRead() throws Exception {
    try (ServiceProcess running = ServiceProcess.start(folder)) {
      ChatClient.register(running.port(), "ada");

      assertThat(permissionsBelow(folder.resolve("chat")))
          .hasSizeGreaterThanOrEqualTo(4)
          .allMatch(line -> line.matches("(d rwx------|- rw-------) .*"));
    }
  }

  @Test
  void takesWhatAnEarlierVersionMadeFromOthers() throws Exception {
    Path chat = folder.resolve("chat");
    ServiceProcess.start(folder).close();
    Files.setPosixFilePermissions(chat, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createFile(chat.resolve("sqlite-3.50.1.0-9c2f-libsqlitejdbc.so"));
    Files.createFile(chat.resolve("sqlite-3.50.1.0-9c2f-libsqlitejdbc.so.lck"));
    Files.setPosixFilePermissions(
        chat.resolve("chat.db"), PosixFilePermissions.fromString("rw-r--r--"));

    try (ServiceProcess again = ServiceProcess.start(folder)) {
      assertThat(permissionsBelow(chat))
          .allMatch(line -> line.matches("(d rwx------|- rw-------) .*"));
      assertThat(again.said().lines())
          .filteredOn(line -> line.contains("was open to other users"))
          .hasSize(1);
      assertThat(chat).isDirectoryNotContaining("glob:**/sqlite-*");
    }
  }

  /// A line that tells what to do, and no stack trace.
  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String... settings) {
    return assertThatThrownBy(() -> ServiceProcess.start(folder, settings))
        .satisfies(refused -> {
          List<String> said = refused.getMessage().lines().toList();
          assertThat(said.getLast()).startsWith("chat-service: ");
          assertThat(said).noneMatch(line -> line.startsWith("\t") || line.contains(" WARN "));
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /// What `native` holds is nobody's secret: the code of SQLite.
  private static List<String> permissionsBelow(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return files
          .filter(file -> !file.startsWith(top.resolve("native")))
          .map(StartTest::line)
          .toList();
    }
  }

  private static String line(Path file) {
    try {
      return (Files.isDirectory(file) ? "d " : "- ")
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
          + " "
          + file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
