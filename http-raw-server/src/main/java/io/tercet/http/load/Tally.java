package io.tercet.http.load;

/// What came of some traffic while it was measured.
///
/// @param answered requests that were answered with 200
/// @param refused requests that were answered otherwise
/// @param broken connections that ended before their answer was whole
/// @param undialled connections that could not be opened
/// @param starved requests that were waiting when the measurement began, and still when it ended
/// @param bytes of responses
/// @param latencies of what was answered, and how long the starved have waited so far
/// @param nanos that were measured
/// @param busyNanos processor time of the load's own threads in that time
public record Tally(
    long answered,
    long refused,
    long broken,
    long undialled,
    long starved,
    long bytes,
    Latencies latencies,
    long nanos,
    long busyNanos) {

  /// Both together, measured at the same time.
  Tally and(Tally other) {
    Latencies all = new Latencies();
    all.addAll(latencies);
    all.addAll(other.latencies);
    return new Tally(
        answered + other.answered,
        refused + other.refused,
        broken + other.broken,
        undialled + other.undialled,
        starved + other.starved,
        bytes + other.bytes,
        all,
        Math.max(nanos, other.nanos),
        busyNanos + other.busyNanos);
  }
}
