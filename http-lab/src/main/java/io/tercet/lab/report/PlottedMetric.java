package io.tercet.lab.report;

import io.tercet.lab.comparison.Measurement;
import io.tercet.lab.comparison.Scenario;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// A metric that is plotted, and of which scenarios.
///
/// @param logarithmic whether it spans powers of ten
record PlottedMetric(
    String title, String unit, boolean logarithmic, ToDoubleFunction<Measurement> value) {
  private static final PlottedMetric RATE =
      new PlottedMetric("Requests answered", "per second", false, Measurement::perSecond);
  private static final PlottedMetric CPU =
      new PlottedMetric("Processor time", "µs per request", true, Measurement::cpuMicros);
  private static final PlottedMetric P50 =
      new PlottedMetric(
          "Half are answered within", "ms", true, m -> positive(m.load().times().p50()));
  private static final PlottedMetric P99 =
      new PlottedMetric(
          "99 % are answered within", "ms", true, m -> positive(m.load().times().p99()));
  private static final PlottedMetric P999 =
      new PlottedMetric(
          "99.9 % are answered within", "ms", true, m -> positive(m.load().times().p999()));
  private static final PlottedMetric MEMORY =
      new PlottedMetric("Memory", "MiB", false, m -> m.usage().memoryKib() / 1024.0);
  private static final PlottedMetric THREADS =
      new PlottedMetric("Threads", "of the system", true, m -> m.usage().threads());
  private static final PlottedMetric DESCRIPTORS =
      new PlottedMetric("Descriptors", "open", true, m -> m.usage().descriptors());
  private static final PlottedMetric MEMORY_EACH =
      new PlottedMetric(
          "Memory of a connection", "KiB for each", true, Measurement::memoryKibPerConnection);
  private static final PlottedMetric THREADS_EACH =
      new PlottedMetric(
          "Threads of a connection", "for each", false, Measurement::threadsPerConnection);
  private static final PlottedMetric DESCRIPTORS_EACH =
      new PlottedMetric(
          "Descriptors of a connection", "for each", false, Measurement::descriptorsPerConnection);
  private static final PlottedMetric BYTES =
      new PlottedMetric("Received", "MiB per second", false, Measurement::mebibytesPerSecond);
  private static final PlottedMetric QUICK =
      new PlottedMetric("What the ten quick ones get", "requests/s", false, Measurement::perSecond);

  static List<PlottedMetric> of(Scenario scenario) {
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
