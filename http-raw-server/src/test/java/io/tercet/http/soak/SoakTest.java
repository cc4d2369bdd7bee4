package io.tercet.http.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tercet.http.soak.ServerProcess.Holding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// After any amount of mixed traffic the server holds what it held before.
///
/// It is measured twice with nobody connected: after a warm-up, and at the end. `make soak` takes
/// half an hour (`SOAK_MINUTES`), most of it for models that follow one another; the tests some
/// seconds.
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.DAYS) // Each has a bound of its own, which SOAK_MINUTES moves.
class SoakTest {
  /// Those that serve alone for a while: each has its own way to hold what a connection needs.
  private static final List<String> MODELS = List.of("epoll", "virtual-threads", "processes");

  /// All of them, in the order in which they follow one another.
  private static final List<String> EXCHANGED =
      List.of(
          "one-by-one",
          "pool",
          "threads",
          "processes",
          "poll",
          "select",
          "virtual-threads",
          "epoll");

  private static final Duration BETWEEN_EXCHANGES = Duration.ofMillis(500);

  /// Traffic of each test, its warm-up included, unless SOAK_MINUTES says how long for all.
  private static final Duration USUAL = Duration.ofSeconds(7);

  /// Of that, so many tenths for a model that serves alone, and the rest for those that follow one
  /// another.
  private static final int TENTHS_ALONE = 1;

  /// Beside the traffic: to start, to come to rest twice, and to end.
  private static final Duration AROUND = Duration.ofMinutes(10);

  /// What may be more at the end, of each process. Descriptors: none. Threads: the JVM's own
  /// compilers and the carriers of virtual threads come and go. Heap: caches that fill. Memory in
  /// all: the same, compiled code, and what the allocator keeps.
  private static final int THREADS_MAX = 6;

  private static final long HEAP_BYTES_MAX = 2L * 1024 * 1024;
  private static final long RESIDENT_BYTES_MAX = 32L * 1024 * 1024;

  @TempDir Path folder;

  @ParameterizedTest
  @FieldSource("MODELS")
  void holdsWhatItHeldBefore(String model) throws Exception {
    holdsWhatItHeldBefore(model, time(TENTHS_ALONE), (server, traffic, time) -> traffic.run(time));
  }

  @Test
  void holdsWhatItHeldBeforeOneModelFollowedAnother() throws Exception {
    Duration time = time(10 - MODELS.size() * TENTHS_ALONE);
    holdsWhatItHeldBefore(EXCHANGED.getLast(), time, SoakTest::exchanging);
  }

  /// How traffic runs for so long.
  private interface Run {
    void run(ServerProcess server, Traffic traffic, Duration time) throws Exception;
  }

  private void holdsWhatItHeldBefore(String model, Duration time, Run run) throws Exception {
    Path root = Files.createDirectory(folder.resolve("site"));
    Traffic.prepare(root);
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
      int processes = before.processes();
      assertThat(after.processes()).isEqualTo(processes);
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + processes * THREADS_MAX);
      assertThat(after.heapBytes()).isLessThanOrEqualTo(before.heapBytes() + HEAP_BYTES_MAX);
      assertThat(after.residentBytes())
          .isLessThanOrEqualTo(before.residentBytes() + processes * RESIDENT_BYTES_MAX);
      server.stop();
      assertThat(server.said()).contains("stopped drained").doesNotContain("SEVERE", "\tat ");
    }
  }

  /// One model after another serves while traffic runs, in whole rounds, so that each has served
  /// and the one that began serves again.
  private static void exchanging(ServerProcess server, Traffic traffic, Duration time)
      throws Exception {
    long until = System.nanoTime() + time.toNanos();
    int rounds = 0;
    traffic.begin();
    try {
      do {
        for (String model : EXCHANGED) {
          server.exchange(model);
          LockSupport.parkNanos(BETWEEN_EXCHANGES.toNanos());
        }
        rounds++;
      } while (System.nanoTime() - until < 0);
    } finally {
      traffic.end();
    }
    System.out.printf("%d exchanges%n", rounds * EXCHANGED.size());
    // A model before lets go of what it holds when an exchange finds that it is over.
    server.awaitNobody();
    server.exchange("virtual-threads");
    server.exchange(EXCHANGED.getLast());
  }

  private static Duration time(int tenths) {
    String minutes = System.getenv("SOAK_MINUTES");
    if (minutes == null || minutes.isEmpty()) {
      return USUAL;
    }
    return Duration.ofMinutes(Long.parseLong(minutes)).multipliedBy(tenths).dividedBy(10);
  }
}
