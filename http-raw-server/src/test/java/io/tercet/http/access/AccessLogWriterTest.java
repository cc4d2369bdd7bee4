package io.tercet.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.Eventually;
import io.tercet.http.connection.AccessLog.Entry;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The access log as a file: nothing lost that fits, nothing waits for it, and it can be rotated.
@Timeout(60)
class AccessLogWriterTest {
  private static final long PLENTY = 64 * 1024 * 1024;

  @TempDir Path folder;

  @Test
  void writesWhatItIsTold() throws IOException {
    Path file = folder.resolve("access.log");
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T21:24:16Z"));
    try (AccessLogWriter log =
        AccessLogWriter.start(file.toString(), LogFormat.json(), clock, PLENTY)) {
      log.add(entry("/first", log.now()));
      Eventually.isTrue(() -> Files.readString(file).contains("/first"));
      assertThat(Files.readString(file)).contains("\"time\":\"2026-11-24T21:24:1");
      log.add(entry("/last", log.now()));
    }
    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().contains("/last");
  }

  @Test
  void goesOnBehindWhatIsThere() throws IOException {
    Path file = folder.resolve("access.log");
    Files.writeString(file, "before\n");
    try (AccessLogWriter log = start(file, PLENTY)) {
      log.add(entry("/a", log.now()));
    }
    assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("before");
  }

  @Test
  void losesNothingOfManyThreadsThatFits() throws Exception {
    Path file = folder.resolve("access.log");
    AccessLogWriter log = start(file, PLENTY);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(() -> {
          for (int i = 0; i < 10_000; i++) {
            log.add(entry("/a", log.now()));
          }
        });
      }
    }
    log.close();
    assertThat(log.dropped()).isZero();
    assertThat(Files.readAllLines(file))
        .hasSize(40_000)
        .allMatch(line -> line.contains("\"GET /a HTTP/1.1\" 200 5"));
  }

  @Test
  void dropsAndCountsWhatDoesNotFit() throws IOException {
    Path file = folder.resolve("access.log");
    AccessLogWriter log = start(file, 10_000);
    for (int i = 0; i < 100_000; i++) {
      log.add(entry("/a", log.now()));
    }
    log.close();
    assertThat(log.dropped()).isPositive();
    assertThat(Files.readAllLines(file)).hasSize(100_000 - (int) log.dropped());
  }

  @Test
  void isWokenWhenManyWait() throws IOException {
    Path file = folder.resolve("access.log");
    try (AccessLogWriter log =
        AccessLogWriter.start(
            file.toString(),
            LogFormat.combined(),
            InstantSource.system(),
            PLENTY,
            Duration.ofHours(1))) {
      for (int i = 0; i < 10_000; i++) {
        log.add(entry("/a", log.now()));
      }
      Eventually.isTrue(() -> Files.size(file) > 0);
    }
  }

  @Test
  void beginsANewFileWhenItWasMovedAway() throws IOException {
    Path file = folder.resolve("access.log");
    Path moved = folder.resolve("access.log.1");
    try (AccessLogWriter log = start(file, PLENTY)) {
      log.add(entry("/before", log.now()));
      Eventually.isTrue(() -> Files.readString(file).contains("/before"));
      Files.move(file, moved);
      Eventually.isTrue(() -> Files.exists(file));
      log.add(entry("/after", log.now()));
      Eventually.isTrue(() -> Files.readString(file).contains("/after"));
    }
    assertThat(Files.readString(moved)).contains("/before").doesNotContain("/after");
    assertThat(Files.readString(file)).doesNotContain("/before");
  }

  @Test
  void countsWhatCannotBeWrittenAndGoesOn() throws IOException {
    AccessLogWriter log = start(Path.of("/dev/full"), PLENTY);
    log.add(entry("/a", log.now()));
    Eventually.isTrue(() -> log.dropped() == 1);
    log.add(entry("/b", log.now()));
    Eventually.isTrue(() -> log.dropped() == 2);
    log.close();
  }

  @Test
  void saysAtOnceThatAFileCannotBeOpened() {
    assertThatThrownBy(() -> start(folder.resolve("nowhere/access.log"), PLENTY))
        .isInstanceOf(IOException.class);
  }

  private static AccessLogWriter start(Path file, long bytesMax) throws IOException {
    return AccessLogWriter.start(
        file.toString(), LogFormat.combined(), InstantSource.system(), bytesMax);
  }

  private static Entry entry(String path, long begun) {
    return new Entry(Endpoint.UNKNOWN, Request.get("h", path), Status.OK, 5, begun, 1_000);
  }
}
