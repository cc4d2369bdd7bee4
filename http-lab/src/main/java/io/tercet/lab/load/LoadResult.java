package io.tercet.lab.load;

/// What was counted during one measurement.
///
/// @param answered requests that were answered with 200
/// @param errorResponses requests that were answered with another status
/// @param brokenConnections connections that ended before their response was whole
/// @param failedConnects connections that could not be opened
/// @param starved requests that were waiting when the measurement began, and still when it ended
/// @param bytes of responses
/// @param latencies of answered requests, and how long the starved ones have waited so far
/// @param nanos that were measured
/// @param cpuNanos processor time of the load's own threads in that time
public record LoadResult(
    long answered,
    long errorResponses,
    long brokenConnections,
    long failedConnects,
    long starved,
    long bytes,
    LatencyHistogram latencies,
    long nanos,
    long cpuNanos) {

  /// Both together, measured at the same time.
  LoadResult and(LoadResult other) {
    LatencyHistogram all = new LatencyHistogram();
    all.addAll(latencies);
    all.addAll(other.latencies);
    return new LoadResult(
        answered + other.answered,
        errorResponses + other.errorResponses,
        brokenConnections + other.brokenConnections,
        failedConnects + other.failedConnects,
        starved + other.starved,
        bytes + other.bytes,
        all,
        Math.max(nanos, other.nanos),
        cpuNanos + other.cpuNanos);
  }
}
