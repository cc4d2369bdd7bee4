package io.tercet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tercet.files.RunningService.Answer;
import io.tercet.files.identity.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is really full: a small tmpfs, which only root can mount.
class FullDiskTest {
  private static final int MIB = 1024 * 1024;
  private static final int RESERVE = 4 * MIB;
  private static final String MINE = "/api/files/people/me/";

  @TempDir private Path parent;
  private Path data;
  private ChatStub chat;
  private RunningService service;
  private Person ada;

  @BeforeEach
  void mount() throws Exception {
    data = Files.createDirectory(parent.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", data.toString()))
        .as("only root can mount a small disk")
        .isZero();
    chat = ChatStub.start();
    ada = chat.person("ada");
    service =
        RunningService.start(
            data,
            chat,
            "--tercet.files.blob.reserve=" + RESERVE + "B",
            "--tercet.files.database.ballast=1MB",
            "--tercet.files.folder.purge-pause=50ms");
  }

  @AfterEach
  void unmount() throws Exception {
    if (service != null) {
      service.close();
      chat.close();
      run("umount", data.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  private void fill(long left) throws IOException {
    try (FileChannel filler =
        FileChannel.open(
            data.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocate(4096);
      while (data.toFile().getUsableSpace() > left) {
        filler.write(page.clear());
      }
    }
  }

  private String readiness() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri =
          URI.create("http://127.0.0.1:" + service.managementPort() + "/actuator/health/readiness");
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void refusesBytesThatWereNotAnnouncedBeforeTheyUseUpTheReserve() throws Exception {
    fill(RESERVE + MIB);

    Answer refused =
        service.send(
            ada,
            "PUT",
            MINE + "chunked",
            HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(2, new byte[MIB])));

    assertThat(refused.problem()).isEqualTo("507 storage-full");
    assertThat(service.filesUnder("incoming")).isZero();
    assertThat(data.toFile().getUsableSpace()).isGreaterThanOrEqualTo(RESERVE);
    assertThat(service.put(ada, MINE + "small", "x").status()).isEqualTo(201);
  }

  @Test
  void deletesOnAFullDiskAndGoesOnWhenItIsFullNoMore() throws Exception {
    byte[] bytes = new byte[MIB];
    assertThat(service.send(ada, "PUT", MINE + "large", bytes).status()).isEqualTo(201);
    fill(0);

    assertThat(service.put(ada, MINE + "new", "x").problem()).isEqualTo("507 storage-full");
    int made = 0;
    Answer last = service.put(ada, MINE + "dir0/", "");
    while (last.status() == 201 && made < 5000) {
      made++;
      last = service.put(ada, MINE + "dir" + made + "/", "");
    }
    assertThat(last.problem()).isEqualTo("507 storage-full");
    assertThat(readiness()).contains("DOWN");
    assertThat(service.get(ada, MINE + "large").response().body()).hasSize(MIB);

    assertThat(service.delete(ada, MINE + "large").status()).isEqualTo(204);

    assertThat(service.get(ada, MINE + "large").problem()).isEqualTo("404 file-not-found");
    assertThat(service.get(ada, MINE + "dir" + made + "/").problem())
        .isEqualTo("404 file-not-found");
    await().atMost(Duration.ofSeconds(60)).until(() -> service.filesUnder("blobs") == 0);
    Files.delete(data.resolve("filler"));
    await().atMost(Duration.ofSeconds(60)).until(() -> readiness().contains("UP"));
    assertThat(service.put(ada, MINE + "new", "x").status()).isEqualTo(201);
    assertThat(data.resolve("files/ballast")).hasSize(MIB);
  }
}
