package io.tercet.http.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.tercet.http.soak.ServerProcess.Holding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// After any amount of mixed traffic the server holds what it held before.
///
/// It is measured twice with nobody connected: after a warm-up, and at the end. `make soak` takes half
/// an hour (`SOAK_MINUTES`), the tests some seconds.
@Tag("soak")
class SoakTest {
  /// Those that keep connections alive and have room for all kinds of visitors at once.
  private static final List<String> MODELS = List.of("epoll", "virtual-threads");

  /// Traffic of each model, its warm-up included, unless SOAK_MINUTES says how long for all.
  private static final Duration USUAL = Duration.ofSeconds(10);

  /// What may be more at the end. Descriptors: none. Threads: the JVM's own compilers and the carriers
  /// of virtual threads come and go. Heap: caches that fill. Memory in all: the same, compiled code,
  /// and what the allocator keeps.
  private static final int THREADS_MAX = 6;

  private static final long HEAP_BYTES_MAX = 2L * 1024 * 1024;
  private static final long RESIDENT_BYTES_MAX = 32L * 1024 * 1024;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("MODELS")
  void holdsWhatItHeldBefore(String model) throws Exception {
    Path root = Files.createDirectory(folder.resolve("site"));
    Traffic.prepare(root);
    Duration time = time();
    try (ServerProcess server = ServerProcess.start(root, folder.resolve("log"), model)) {
      Traffic traffic = new Traffic(server.port());
      Duration warmUp = time.dividedBy(4);
      traffic.run(warmUp);
      Holding before = server.quiet();
      traffic.run(time.minus(warmUp));
      Holding after = server.quiet();
      System.out.printf(
          "soak %s, %d s%n  %s%n  before %s%n  after  %s%n",
          model, time.toSeconds(), traffic, before, after);

      assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors());
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + THREADS_MAX);
      assertThat(after.heapBytes()).isLessThanOrEqualTo(before.heapBytes() + HEAP_BYTES_MAX);
      assertThat(after.residentBytes())
          .isLessThanOrEqualTo(before.residentBytes() + RESIDENT_BYTES_MAX);
      server.stop();
      assertThat(server.said()).contains("stopped drained").doesNotContain("SEVERE", "\tat ");
    }
  }

  private static Duration time() {
    String minutes = System.getenv("SOAK_MINUTES");
    if (minutes == null || minutes.isEmpty()) {
      return USUAL;
    }
    return Duration.ofMinutes(Long.parseLong(minutes)).dividedBy(MODELS.size());
  }
}
