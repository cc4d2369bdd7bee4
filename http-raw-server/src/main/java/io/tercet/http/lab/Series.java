package io.tercet.http.lab;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What is plotted of some traffic.
///
/// @param logarithmic whether it spans powers of ten
record Series(String title, String unit, boolean logarithmic, ToDoubleFunction<Measurement> value) {
  private static final Series RATE =
      new Series("Requests answered", "per second", false, Measurement::perSecond);
  private static final Series CPU =
      new Series("Processor time", "µs per request", true, Measurement::cpuMicros);
  private static final Series P50 =
      new Series("Half are answered within", "ms", true, m -> positive(m.service().times().p50()));
  private static final Series P99 =
      new Series("99 % are answered within", "ms", true, m -> positive(m.service().times().p99()));
  private static final Series P999 =
      new Series(
          "99.9 % are answered within", "ms", true, m -> positive(m.service().times().p999()));
  private static final Series MEMORY =
      new Series("Memory", "MiB", false, m -> m.usage().memoryKib() / 1024.0);
  private static final Series THREADS =
      new Series("Threads", "of the system", true, m -> m.usage().threads());
  private static final Series DESCRIPTORS =
      new Series("Descriptors", "open", true, m -> m.usage().descriptors());
  private static final Series MEMORY_EACH =
      new Series(
          "Memory of a connection", "KiB for each", true, Measurement::memoryKibPerConnection);
  private static final Series THREADS_EACH =
      new Series("Threads of a connection", "for each", false, Measurement::threadsPerConnection);
  private static final Series DESCRIPTORS_EACH =
      new Series(
          "Descriptors of a connection", "for each", false, Measurement::descriptorsPerConnection);
  private static final Series BYTES =
      new Series("Received", "MiB per second", false, Measurement::mebibytesPerSecond);
  private static final Series QUICK =
      new Series("What the ten quick ones get", "requests/s", false, Measurement::perSecond);

  static List<Series> of(Scenario scenario) {
    return switch (scenario) {
      case SMALL ->
          List.of(
              RATE,
              CPU,
              P50,
              P99,
              P999,
              MEMORY,
              THREADS,
              DESCRIPTORS,
              MEMORY_EACH,
              THREADS_EACH,
              DESCRIPTORS_EACH);
      case LARGE -> List.of(BYTES, CPU);
      case SLOW -> List.of(QUICK, CPU, P99);
      case CLOSE -> List.of(RATE, CPU);
      case WAIT -> List.of(RATE, P99, THREADS, CPU);
      case COMPUTE -> List.of(RATE, P99);
    };
  }

  /// No answer took no time: there was none.
  private static double positive(double millis) {
    return millis > 0 ? millis : Double.NaN;
  }
}
