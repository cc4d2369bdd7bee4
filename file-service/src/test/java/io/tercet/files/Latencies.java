package io.tercet.files;

import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;

/// How long each of many operations took.
///
/// - Threading: safe.
public final class Latencies {
  private final String operation;
  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  public Latencies(String operation) {
    this.operation = operation;
  }

  /// Runs an operation and notes its time.
  public <T> T time(Callable<T> work) throws Exception {
    long begun = System.nanoTime();
    T result = work.call();
    nanos.add(System.nanoTime() - begun);
    return result;
  }

  public int count() {
    return nanos.size();
  }

  /// The time that so many of a thousand do not exceed; zero if there was no operation.
  public Duration permille(int share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    int place = Math.max(0, (int) ((long) sorted.length * share / 1000) - 1);
    return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[place]);
  }

  @Override
  public String toString() {
    return "%s: %d times, p50 %d ms, p99 %d ms, at most %d ms"
        .formatted(
            operation,
            count(),
            permille(500).toMillis(),
            permille(990).toMillis(),
            permille(1000).toMillis());
  }
}
