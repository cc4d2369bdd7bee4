package io.tercet.system.ftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.system.client.Answer;
import io.tercet.system.client.Bytes;
import io.tercet.system.client.ChatClient;
import io.tercet.system.client.Command;
import io.tercet.system.client.Person;
import io.tercet.system.stack.DrivesTheStack;
import io.tercet.system.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The same folders over FTP, with lftp.
@DrivesTheStack
@Tag("lftp")
class FtpTest {

  private final Path folder;
  private final Person ada;
  private final Lftp lftp;

  FtpTest(Stack stack, @TempDir Path folder) {
    this.folder = folder;
    this.ada = Person.registered(stack, "ada");
    this.lftp = Lftp.as(ada, folder);
  }

  @Test
  void showsWhatWasUploadedOverHttp() {
    upload("notes/loom.txt", "woven".getBytes(UTF_8));

    assertThat(lftp.run("cls -1 /home/notes/").succeeded().text()).contains("loom.txt");
    assertThat(lftp.run("cat /home/notes/loom.txt").succeeded().text()).contains("woven");
  }

  @Test
  void uploadsAndDownloads() throws IOException {
    byte[] bytes = Bytes.random(2_000_000);
    Files.write(folder.resolve("engine.bin"), bytes);

    lftp.run("mkdir /home/plans", "put engine.bin -o /home/plans/engine.bin").succeeded();
    lftp.run("get /home/plans/engine.bin -o back.bin").succeeded();

    assertThat(Files.readAllBytes(folder.resolve("back.bin"))).isEqualTo(bytes);
    assertThat(read("plans/engine.bin").body()).isEqualTo(bytes);
  }

  @Test
  void resumesADownload() throws IOException {
    byte[] bytes = Bytes.random(1_000_000);
    upload("song.flac", bytes);
    Files.write(folder.resolve("song.flac"), Arrays.copyOf(bytes, 400_000));

    lftp.run("get -c /home/song.flac -o song.flac").succeeded();

    assertThat(Files.readAllBytes(folder.resolve("song.flac"))).isEqualTo(bytes);
  }

  @Test
  void resumesAnUpload() throws IOException {
    byte[] bytes = Bytes.random(1_000_000);
    upload("film.mkv", Arrays.copyOf(bytes, 400_000));
    Files.write(folder.resolve("film.mkv"), bytes);

    lftp.run("put -c film.mkv -o /home/film.mkv").succeeded();

    assertThat(read("film.mkv").body()).isEqualTo(bytes);
  }

  @Test
  void renamesAndDeletes() {
    upload("a/old.txt", "words".getBytes(UTF_8));
    upload("a/gone.txt", "words".getBytes(UTF_8));

    lftp.run("mv /home/a/old.txt /home/a/new.txt", "rm /home/a/gone.txt").succeeded();

    assertThat(read("a/").json().path("items").findValuesAsString("name"))
        .containsExactly("new.txt");
  }

  @Test
  void aFileThatLandsInARoomAppearsInTheConversationOnce() throws IOException {
    String room = ada.createsRoom("ftp");
    String name = ada.browser().get("/api/rooms/" + room).json().path("name").asString();
    Files.writeString(folder.resolve("plan.txt"), "the plan");
    try (var socket = ChatClient.browser(ada)) {
      socket.subscribe(room, 0);

      lftp.run("put plan.txt -o '/rooms/" + name + "/plan.txt'").succeeded();
      socket.await("plan.txt", FtpTest::isFile);

      socket.post(room, "after", "thank you");
      socket.awaitText(room, "thank you");
      assertThat(socket.entries(room).stream().filter(FtpTest::isFile)).hasSize(1);
    }
    assertThat(ada.browser().get("/api/files/rooms/" + room + "/plan.txt").text())
        .isEqualTo("the plan");
  }

  private static boolean isFile(JsonNode entry) {
    return entry.path("kind").asString("").equals("file");
  }

  @Test
  void refusesAWrongPassword() {
    Command refused = lftp.withPassword("not the password").run("cls -1 /");

    assertThat(refused.exit()).isNotZero();
    assertThat(refused.text()).contains("530");
  }

  @Test
  void leadsNobodyOutOfTheFolders() throws IOException {
    Files.writeString(folder.resolve("f"), "x");

    assertThat(lftp.run("put f -o /home/../../../etc/f").exit()).isNotZero();
    assertThat(lftp.run("cls -1 /../../etc").exit()).isNotZero();
    assertThat(lftp.run("cls -1 /").succeeded().text()).contains("home").doesNotContain("etc");
  }

  @Test
  @Tag("process")
  void speaksPlainTextToTheSameMachine() {
    upload("plain.txt", "plain words".getBytes(UTF_8));

    assertThat(lftp.inPlainText().run("cat /home/plain.txt").succeeded().text())
        .contains("plain words");
  }

  private void upload(String path, byte[] bytes) {
    ada.browser().upload("/api/files/people/me/" + path, bytes).expect(201);
  }

  private Answer read(String path) {
    return ada.browser().get("/api/files/people/me/" + path).expect(200);
  }
}
