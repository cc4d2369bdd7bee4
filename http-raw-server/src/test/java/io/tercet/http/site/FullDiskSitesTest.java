package io.tercet.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tercet.http.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A disk that is really full: a small tmpfs, which only root can mount.
class FullDiskSitesTest extends PulledSites {
  private static final int KIB = 1024;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(data.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()))
        .as("only root can mount a small disk")
        .isZero();
  }

  @AfterEach
  void unmount() throws Exception {
    stop();
    // Lazily: answers that nobody reads keep their files open.
    run("umount", "-l", disk.toString());
  }

  @Override
  Path folder() {
    return disk.resolve("pages");
  }

  @Test
  void leavesOutWhatIsLargerThanTheDiskWithoutFillingIt() throws IOException {
    fileService.publish("ada", Map.of("index.html", "a".repeat(200 * KIB)));
    fileService.publish("bob", Map.of("index.html", "b".repeat(3_000 * KIB)));
    start();
    Eventually.isTrue(() -> puller.leftOutCount() == 1);
    Eventually.isTrue(() -> get("ada", "/").startsWith("200"));
    assertThat(get("bob", "/")).startsWith("503");
    assertThat(fileService.requests.stream().filter(each -> each.startsWith("/internal/blobs/")))
        .hasSize(1);
  }

  @Test
  void leavesOutTheSiteForWhichTheDiskBecomesFullAndServesItWhenItIsFullNoMore()
      throws IOException {
    fileService.publish("ada", Map.of("index.html", "a".repeat(200 * KIB)));
    start();
    Eventually.isTrue(() -> get("ada", "/").startsWith("200"));
    fileService.blobGate = new CountDownLatch(1);
    fileService.publish(
        "bob",
        Map.of(
            "index.html", "b".repeat(300 * KIB),
            "other.html", "o".repeat(301 * KIB),
            "third.html", "t".repeat(302 * KIB)));
    Eventually.isTrue(() -> blobRequests() == 2);
    Path filler = disk.resolve("filler");
    fill(filler, 400 * KIB);
    fileService.blobGate.countDown();

    Eventually.isTrue(() -> puller.leftOutCount() == 1);
    Eventually.isTrue(() -> blobs() == 1);
    assertThat(get("ada", "/")).startsWith("200");
    assertThat(get("bob", "/")).startsWith("503");
    try (Stream<Path> left = Files.list(folder())) {
      assertThat(left).noneMatch(each -> each.getFileName().toString().startsWith("unfinished"));
    }
    Files.delete(filler);
    Eventually.isTrue(() -> get("bob", "/third.html").startsWith("200"));
    assertThat(puller.leftOutCount()).isZero();
  }

  @Test
  void goesOnWithoutAByteLeft() throws IOException {
    start();
    Eventually.isTrue(() -> puller.sites().isListRead());
    Path filler = disk.resolve("filler");
    fill(filler, 0);
    fileService.publish("ada", Map.of("index.html", "late"));
    Eventually.isTrue(() -> puller.leftOutCount() == 1);
    assertThat(get("ada", "/")).startsWith("503");
    Files.delete(filler);
    Eventually.isTrue(() -> get("ada", "/").equals("200 late"));
  }

  private long blobRequests() {
    return fileService.requests.stream()
        .filter(each -> each.startsWith("/internal/blobs/"))
        .count();
  }

  private void fill(Path filler, long left) throws IOException {
    try (FileChannel out =
        FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer page = ByteBuffer.allocate(4096);
      while (disk.toFile().getUsableSpace() > left) {
        out.write(page.clear());
      }
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }
}
