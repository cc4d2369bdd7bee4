package io.tercet.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.files.ChatStub;
import io.tercet.files.RunningService;
import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Downloads that end early, and files that are asked for by their id.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DownloadTest {
  private static final String MINE = "/api/files/people/me/";
  private static final int LARGE = 32 * 1024 * 1024;

  private ChatStub chat;
  private RunningService service;
  private Path data;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    chat = ChatStub.start();
    service = RunningService.start(data, chat, "--tercet.files.download.access-check=0ms");
  }

  @AfterAll
  void stop() {
    service.close();
    chat.close();
  }

  @Test
  void endsSoonAfterTheReaderLeftTheRoom() throws Exception {
    Person ada = chat.person("ada");
    UUID room = chat.room("leaving", ada);
    String file = "/api/files/rooms/" + room + "/large";
    service.send(ada, "PUT", file, new byte[LARGE]);
    try (Socket socket = new Socket("127.0.0.1", service.port())) {
      socket.setSoTimeout(20_000);
      String get = "GET " + file + " HTTP/1.1\r\nHost: t\r\n" + service.bearer(ada) + "\r\n";
      socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      in.readNBytes(1000);

      chat.leave(room, ada);

      assertThat(bytesUntilItEnds(in)).isLessThan(LARGE - 1000);
    }
  }

  private static long bytesUntilItEnds(InputStream in) {
    long count = 0;
    byte[] buffer = new byte[8192];
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        count += n;
      }
    } catch (IOException _) {
      // reset: it ended, too
    }
    return count;
  }

  @Test
  void ofRangesOfAContentThatIsGoneIsAnErrorAtOnce() throws Exception {
    Person ada = chat.person("ada");
    Answer stored = service.put(ada, MINE + "gone", "a content that will be gone");
    Files.delete(blob(stored));

    assertThat(service.get(ada, MINE + "gone", "Range", "bytes=0-0,5-5").problem())
        .isEqualTo("404 file-not-found");
    assertThat(service.get(ada, MINE + "gone").problem()).isEqualTo("404 file-not-found");
  }

  @Test
  void ofAContentThatIsTooShortIsAnErrorAtOnce() throws Exception {
    Person ada = chat.person("ada");
    Answer stored = service.put(ada, MINE + "short", "a content that will be short");
    try (FileChannel channel = FileChannel.open(blob(stored), StandardOpenOption.WRITE)) {
      channel.truncate(5);
    }

    assertThat(service.get(ada, MINE + "short", "Range", "bytes=0-0,9-9").problem())
        .isEqualTo("500 internal-error");
  }

  private Path blob(Answer stored) {
    String sha256 = stored.json().get("sha256").asString();
    return data.resolve("files/blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  @Nested
  class ById {
    private final Person ada = chat.person("ada");
    private final Person grace = chat.person("grace");
    private final UUID room = chat.room("by id", ada);
    private final String folder = "/api/files/rooms/" + room + "/";

    private String byId(Answer stored) {
      return "/api/files/by-id/" + stored.json().get("fileId").asString();
    }

    @Test
    void findsAFileThatWasRenamed() throws Exception {
      Answer stored = service.put(ada, folder + "sub/old.txt", "hello");
      String move = "{\"from\":\"rooms/%s/sub\",\"to\":\"rooms/%s/renamed\"}".formatted(room, room);
      service.json(ada, "POST", "/api/files/moves", move);

      Answer found = service.get(ada, byId(stored));

      assertThat(found.text()).isEqualTo("hello");
      assertThat(found.header("Content-Disposition")).contains("old.txt");
    }

    @Test
    void givesTheVersionThatWasAskedFor() throws Exception {
      Answer stored = service.put(ada, folder + "v.txt", "first");
      service.put(ada, folder + "v.txt", "second");

      assertThat(service.get(ada, byId(stored)).text()).isEqualTo("second");
      Answer first = service.get(ada, byId(stored) + "?version=1");
      assertThat(first.text()).isEqualTo("first");
      assertThat(first.header("ETag")).isEqualTo(stored.header("ETag"));
      assertThat(service.get(ada, byId(stored) + "?version=3").problem())
          .isEqualTo("404 file-not-found");
    }

    @Test
    void hidesAFileFromWhoIsNotInItsRoom() throws Exception {
      Answer stored = service.put(ada, folder + "secret.txt", "x");
      Answer own = service.put(ada, MINE + "own.txt", "x");

      assertThat(service.get(grace, byId(stored)).problem()).isEqualTo("404 file-not-found");
      assertThat(service.get(grace, byId(own)).problem()).isEqualTo("404 file-not-found");
      assertThat(service.get(ada, byId(own)).text()).isEqualTo("x");
    }

    @Test
    void doesNotFindWhatWasDeleted() throws Exception {
      Answer stored = service.put(ada, folder + "d/e/f.txt", "x");
      service.delete(ada, folder + "d/");

      assertThat(service.get(ada, byId(stored)).problem()).isEqualTo("404 file-not-found");
      assertThat(service.get(ada, "/api/files/by-id/" + UUID.randomUUID()).problem())
          .isEqualTo("404 file-not-found");
      assertThat(service.get(ada, "/api/files/by-id/x").problem()).isEqualTo("400 invalid-request");
    }
  }
}
