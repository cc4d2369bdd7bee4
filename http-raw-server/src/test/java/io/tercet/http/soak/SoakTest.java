package io.tercet.http.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tercet.http.soak.ServerProcess.Holding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// After any amount of mixed traffic the server holds what it held before.
///
/// It is measured twice with nobody connected: after a warm-up, and at the end. `make soak` takes half
/// an hour (`SOAK_MINUTES`), the tests some seconds.
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.DAYS) // Each has a bound of its own, which SOAK_MINUTES moves.
class SoakTest {
  /// Those that keep connections alive and have room for all kinds of visitors at once.
  private static final List<String> MODELS = List.of("epoll", "virtual-threads");

  /// Those, and others that can, in the order in which they follow one another.
  private static final List<String> EXCHANGED =
      List.of("poll", "threads", "processes", "select", "virtual-threads", "epoll");

  private static final Duration BETWEEN_EXCHANGES = Duration.ofSeconds(1);

  /// Traffic of each test, its warm-up included, unless SOAK_MINUTES says how long for all.
  private static final Duration USUAL = Duration.ofSeconds(10);

  /// Beside the traffic: to start, to come to rest twice, and to end.
  private static final Duration AROUND = Duration.ofMinutes(10);

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
    holdsWhatItHeldBefore(model, (server, traffic, time) -> traffic.run(time));
  }

  @Test
  void holdsWhatItHeldBeforeOneModelFollowedAnother() throws Exception {
    holdsWhatItHeldBefore(EXCHANGED.getLast(), SoakTest::exchanging);
  }

  /// How traffic runs for so long.
  private interface Run {
    void run(ServerProcess server, Traffic traffic, Duration time) throws Exception;
  }

  private void holdsWhatItHeldBefore(String model, Run run) throws Exception {
    Path root = Files.createDirectory(folder.resolve("site"));
    Traffic.prepare(root);
    Duration time = time();
    assertTimeoutPreemptively(time.plus(AROUND), () -> soak(root, model, run, time));
  }

  private void soak(Path root, String model, Run run, Duration time) throws Exception {
    try (ServerProcess server = ServerProcess.start(root, folder, model)) {
      Traffic traffic = new Traffic(server.port());
      Duration warmUp = time.dividedBy(4);
      run.run(server, traffic, warmUp);
      Holding before = server.quiet();
      run.run(server, traffic, time.minus(warmUp));
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

  /// One model after another serves while traffic runs, in whole rounds, so that each has served and
  /// the one that began serves again.
  private static void exchanging(ServerProcess server, Traffic traffic, Duration time)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> exchanges =
          other.submit(() -> {
            int rounds = 0;
            do {
              for (String model : EXCHANGED) {
                server.exchange(model);
                LockSupport.parkNanos(BETWEEN_EXCHANGES.toNanos());
              }
              rounds++;
            } while (!over.get());
            return rounds * EXCHANGED.size();
          });
      try {
        traffic.run(time);
      } finally {
        over.set(true);
      }
      System.out.printf("%d exchanges%n", exchanges.get());
    }
  }

  private static Duration time() {
    String minutes = System.getenv("SOAK_MINUTES");
    if (minutes == null || minutes.isEmpty()) {
      return USUAL;
    }
    return Duration.ofMinutes(Long.parseLong(minutes)).dividedBy(MODELS.size() + 1);
  }
}
