package io.tercet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tercet.files.datafolder.StartupException;
import io.tercet.files.identity.Person;
import io.tercet.files.identity.ServiceSecret;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the service does at start: what it cleans up, and when it refuses to start.
class StartTest {
  @TempDir private Path data;

  @Test
  void removesUnfinishedUploadsAndKeepsTheRest() throws Exception {
    try (ChatStub chat = ChatStub.start()) {
      Person ada = chat.person("ada");
      try (RunningService first = RunningService.start(data, chat)) {
        first.put(ada, "/api/files/people/me/kept", "kept");
      }
      Files.writeString(data.resolve("files/incoming/" + UUID.randomUUID()), "half");

      try (RunningService second = RunningService.start(data, chat)) {
        assertThat(second.filesUnder("incoming")).isZero();
        assertThat(second.get(ada, "/api/files/people/me/kept").text()).isEqualTo("kept");
      }
    }
  }

  @Test
  void tellsARoomOfWhatItCouldNotTellBefore() throws Exception {
    try (ChatStub chat = ChatStub.start()) {
      Person ada = chat.person("ada");
      UUID room = chat.room("later", ada);
      chat.failNext(Integer.MAX_VALUE);
      try (RunningService first = RunningService.start(data, chat)) {
        first.put(ada, "/api/files/rooms/" + room + "/a", "a");
        await().atMost(Duration.ofSeconds(60)).until(() -> !chat.tries().isEmpty());
      }
      assertThat(chat.events()).isEmpty();
      chat.failNext(0);

      try (RunningService second = RunningService.start(data, chat)) {
        await().atMost(Duration.ofSeconds(60)).until(() -> chat.events(room).size() == 1);
        assertThat(second.port()).isPositive();
      }
      assertThat(chat.tries()).containsOnly(chat.events(room).getFirst().eventId());
    }
  }

  @Test
  void worksWithoutChatServiceAndSaysWhenItIsNeeded() throws Exception {
    ChatStub chat = ChatStub.start();
    try (RunningService service = RunningService.start(data, chat)) {
      Person ada = chat.person("ada");
      chat.close();

      assertThat(service.get(ada, "/api/files/people/me/").problem())
          .isEqualTo("503 service-unavailable");
    }
  }

  @Test
  void refusesWhatWouldFillTheDisk() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(data, chat, "--tercet.files.blob.reserve=1000TB")) {
      Person ada = chat.person("ada");

      assertThat(service.put(ada, "/api/files/people/me/x", "x").problem())
          .isEqualTo("507 storage-full");
    }
  }

  @Test
  void refusesDataThatAnotherOneHolds() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService first = RunningService.start(data, chat)) {
      assertThat(first.port()).isPositive();
      assertThatThrownBy(() -> RunningService.start(data, chat))
          .hasRootCauseInstanceOf(StartupException.class)
          .rootCause()
          .hasMessageContaining("in use by another file-service");
    }
  }

  @Test
  void refusesDataThatCannotBeWrittenOrIsNoDatabase() throws Exception {
    Path broken = Files.createDirectory(data.resolve("broken"));
    Files.createDirectories(broken.resolve("files/catalog.db"));
    Files.createFile(data.resolve("files"));
    try (ChatStub chat = ChatStub.start()) {
      assertThatThrownBy(() -> RunningService.start(data, chat))
          .rootCause()
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("/files cannot be written: make it writable for this user");
      assertThatThrownBy(() -> RunningService.start(broken, chat))
          .rootCause()
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("/files/catalog.db cannot be opened: ");
    }
  }

  @Test
  void makesWhatOnlyItsOwnerCanRead() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service = RunningService.start(data, chat)) {
      Person ada = chat.person("ada");
      service.put(ada, "/api/files/people/me/kept", "kept");
      try (Socket slow = new Socket("127.0.0.1", service.port())) {
        String head =
            "PUT /api/files/people/me/slow HTTP/1.1\r\nHost: t\r\n"
                + service.bearer(ada)
                + "Content-Length: 10\r\n\r\nx";
        slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        slow.getOutputStream().flush();
        await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("incoming") == 1);

        assertThat(permissions(data.resolve("files")))
            .anyMatch(line -> line.contains("/blobs/"))
            .anyMatch(line -> line.contains("/incoming/"))
            .anyMatch(line -> line.endsWith("/ballast"))
            .anyMatch(line -> line.endsWith("-wal"))
            .allMatch(line -> line.matches("(d rwx------|- rw-------) .*"));
      }
    }
  }

  @Test
  void takesWhatAnEarlierVersionMadeFromOthers() throws Exception {
    try (ChatStub chat = ChatStub.start()) {
      RunningService.start(data, chat).close();
      Path files = data.resolve("files");
      Files.setPosixFilePermissions(files, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(
          files.resolve("catalog.db"), PosixFilePermissions.fromString("rw-r--r--"));

      RunningService.start(data, chat).close();

      assertThat(permissions(files)).allMatch(line -> line.matches("(d rwx------|- rw-------) .*"));
    }
  }

  /// What `native` holds is nobody's secret: the code of SQLite.
  private static List<String> permissions(Path top) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.filter(file -> !file.startsWith(top.resolve("native"))).toList()) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        lines.add((Files.isDirectory(file) ? "d " : "- ") + permissions + " " + file);
      }
    }
    return lines;
  }

  @Test
  void refusesASecretThatIsMissingOrTooShort() throws Exception {
    Path file = data.resolve("secret");
    assertThatThrownBy(() -> ServiceSecret.read(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("TERCET_SERVICE_SECRET_FILE");
    Files.writeString(file, "short");
    assertThatThrownBy(() -> ServiceSecret.read(file)).hasMessageContaining("too short");
  }

  @Test
  void refusesMoreUploadsAtOnceThanItMay() throws Exception {
    try (ChatStub chat = ChatStub.start();
        RunningService service =
            RunningService.start(data, chat, "--tercet.files.upload.concurrent-max=1")) {
      Person ada = chat.person("ada");
      try (Socket slow = new Socket("127.0.0.1", service.port())) {
        String head =
            "PUT /api/files/people/me/slow HTTP/1.1\r\nHost: t\r\n"
                + service.bearer(ada)
                + "Content-Length: 10\r\n\r\nx";
        slow.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        slow.getOutputStream().flush();
        await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("incoming") == 1);

        RunningService.Answer refused = service.put(ada, "/api/files/people/me/second", "x");

        assertThat(refused.problem()).isEqualTo("503 service-unavailable");
        assertThat(refused.header("Retry-After")).isEqualTo("5");
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              List.of(200, 201)
                  .contains(service.put(ada, "/api/files/people/me/second", "x").status()));
    }
  }
}
