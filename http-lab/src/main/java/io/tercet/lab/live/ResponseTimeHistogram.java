package io.tercet.lab.live;

import io.tercet.http.connection.AccessLog;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// How long responses took, from the first byte of the request until the system had taken the last
/// byte of the response. A histogram that only grows: it has 16 steps for each power of two of
/// microseconds, so a time read from it is at most 6 % and one microsecond too large. It hears what
/// an access log hears, and hands that on.
///
/// - Bounds: its memory does not grow; a time over 19 hours counts as 19 hours.
/// - Threading: shared by all threads that serve; nothing waits.
public final class ResponseTimeHistogram implements AccessLog {
  private static final int STEP_BITS = 4;
  private static final int STEPS = 1 << STEP_BITS;
  private static final int POWERS = 33;

  private final AtomicLongArray counts = new AtomicLongArray(POWERS * STEPS);
  private final @Nullable AccessLog log;

  /// @param log hears everything too; null if no log is written
  public ResponseTimeHistogram(@Nullable AccessLog log) {
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

  /// A response that was cut off has no time, and is not counted.
  @Override
  public void cut(Entry entry) {
    if (log != null) {
      log.cut(entry);
    }
  }

  /// How many responses left since the start, by the microseconds within which they did. Each is
  /// counted once, at the end of its step; steps without a response are absent.
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
