package io.tercet.lab.load;

/// How long requests took, as a histogram: 64 steps for each power of two of nanoseconds, so a
/// value read from it is at most 1.6 % too large. Its memory does not grow.
///
/// Threading: confined, or handed over as a whole.
public final class LatencyHistogram {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int POWERS = 64 - STEP_BITS;

  private final long[] counts = new long[POWERS * STEPS];
  private long total;

  /// Counts one request.
  public void add(long nanos) {
    counts[slot(Math.max(nanos, 0))]++;
    total++;
  }

  /// Counts all of the other's.
  public void addAll(LatencyHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /// How many were counted.
  public long total() {
    return total;
  }

  /// The time, in nanoseconds, that this share of requests did not exceed; 0 if there were none.
  ///
  /// @param share from 0 to 1
  public long quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return upperEnd(i);
      }
    }
    return 0;
  }

  private static int slot(long nanos) {
    if (nanos < STEPS) {
      return (int) nanos;
    }
    int power = 63 - Long.numberOfLeadingZeros(nanos) - STEP_BITS;
    return (power + 1) * STEPS + (int) ((nanos >>> power) - STEPS);
  }

  private static long upperEnd(int slot) {
    if (slot < STEPS) {
      return slot;
    }
    int power = slot / STEPS - 1;
    return ((long) (slot % STEPS + STEPS + 1) << power) - 1;
  }
}
