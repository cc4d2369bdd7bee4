package io.tercet.http.metrics;

import io.tercet.http.connection.AccessLog;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// How long answers took, from the first byte of the request to the last that the system took, as a
/// histogram that only grows: 16 steps for each power of two of microseconds, so a time read from
/// it is at most 6 % and a microsecond too large. It sees what an access log sees, and hands that
/// on.
///
/// - Bounds: its memory does not grow; what takes longer than 19 hours counts as that.
/// - Threading: shared by all; nobody waits.
public final class AnswerTimes implements AccessLog {
  private static final int STEP_BITS = 4;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int POWERS = 33;

  private final AtomicLongArray counts = new AtomicLongArray(POWERS * STEPS);
  private final @Nullable AccessLog log;

  /// @param log is told everything too; null if nothing is written
  public AnswerTimes(@Nullable AccessLog log) {
    this.log = log;
  }

  @Override
  public long now() {
    return log == null ? System.nanoTime() : log.now();
  }

  @Override
  public boolean namesClients() {
    return log != null && log.namesClients();
  }

  @Override
  public void add(Entry entry) {
    counts.incrementAndGet(slot(Math.max(entry.nanos(), 0) / 1000));
    if (log != null) {
      log.add(entry);
    }
  }

  /// What nobody got whole took no time to answer.
  @Override
  public void cut(Entry entry) {
    if (log != null) {
      log.cut(entry);
    }
  }

  /// How many answers there were since the start, by the microseconds within which they left: each
  /// is counted once, at the end of its step. Steps without an answer are not there.
  public SortedMap<Long, Long> counts() {
    SortedMap<Long, Long> all = new TreeMap<>();
    for (int i = 0; i < counts.length(); i++) {
      long count = counts.get(i);
      if (count > 0) {
        all.put(end(i), count);
      }
    }
    return all;
  }

  private static int slot(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int power = 63 - Long.numberOfLeadingZeros(micros) - STEP_BITS;
    int slot = (power + 1) * STEPS + (int) ((micros >>> power) - STEPS);
    return Math.min(slot, POWERS * STEPS - 1);
  }

  /// The first microsecond that is past a slot.
  private static long end(int slot) {
    if (slot < STEPS) {
      return slot + 1L;
    }
    return (long) (slot % STEPS + STEPS + 1) << (slot / STEPS - 1);
  }
}
