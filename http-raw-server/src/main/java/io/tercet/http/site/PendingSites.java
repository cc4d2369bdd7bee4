package io.tercet.http.site;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// The sites whose listed version must still be fetched, in the order in which they are due.
///
/// A version that failed is due again after 0.5 s, then after twice as long each time, up to 10 s;
/// one for which there is no room, up to 30 s.
///
/// Threading: confined to the thread that pulls; any thread may ask for the counts.
final class PendingSites {
  private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);
  private static final long PAUSE_NANOS_MAX_LEFT_OUT = TimeUnit.SECONDS.toNanos(30);

  private record Pending(SiteVersion version, int failures, boolean leftOut, long due) {}

  private final LongSupplier nanos;
  private final long origin;
  private final Map<String, Pending> bySite = new HashMap<>();
  private final TreeSet<Pending> byDue =
      new TreeSet<>(
          Comparator.comparingLong(Pending::due).thenComparing(each -> each.version().site()));
  private volatile int count;
  private final AtomicInteger leftOut = new AtomicInteger();

  /// @param nanos a clock that never goes back, such as `System::nanoTime`
  PendingSites(LongSupplier nanos) {
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
  }

  /// How many there are.
  int count() {
    return count;
  }

  /// How many of them are left out, because there is no room.
  int leftOutCount() {
    return leftOut.get();
  }

  /// Whether this version is still to be fetched.
  boolean wants(SiteVersion version) {
    Pending known = bySite.get(version.site());
    return known != null && known.version().equals(version);
  }

  /// A version is wanted, in place of an older one of the site. One that is pending stays due when
  /// it is.
  void add(SiteVersion version) {
    if (!wants(version)) {
      put(new Pending(version, 0, false, now()));
    }
  }

  /// Forgets the sites that are not listed any more.
  void retain(Set<String> listed) {
    for (Pending each : List.copyOf(byDue)) {
      if (!listed.contains(each.version().site())) {
        take(each.version().site());
      }
    }
  }

  /// The version that is due now, if there is one.
  Optional<SiteVersion> next() {
    return byDue.isEmpty() || byDue.first().due() > now()
        ? Optional.empty()
        : Optional.of(byDue.first().version());
  }

  /// How long nothing is due; 0 if something is, `Long.MAX_VALUE` if nothing is pending.
  long nanosUntilDue() {
    return byDue.isEmpty() ? Long.MAX_VALUE : Math.max(0, byDue.first().due() - now());
  }

  /// A version is here.
  void remove(SiteVersion version) {
    if (wants(version)) {
      take(version.site());
    }
  }

  /// A version could not be fetched.
  ///
  /// @return whether this is its first failure
  boolean retryLater(SiteVersion version) {
    return retryLater(version, false, PAUSE_NANOS_MAX);
  }

  /// There is no room for a version.
  void leaveOut(SiteVersion version) {
    retryLater(version, true, PAUSE_NANOS_MAX_LEFT_OUT);
  }

  private boolean retryLater(SiteVersion version, boolean isLeftOut, long pauseMax) {
    Pending known = bySite.get(version.site());
    if (known == null || !known.version().equals(version)) {
      return false;
    }
    long pause = Math.min(PAUSE_NANOS_MIN << Math.min(known.failures(), 10), pauseMax);
    put(new Pending(version, known.failures() + 1, isLeftOut, now() + pause));
    return known.failures() == 0;
  }

  /// Whatever failed may succeed now.
  void retryNow() {
    for (Pending each : List.copyOf(byDue)) {
      long due = Math.min(each.due(), now());
      put(new Pending(each.version(), each.failures(), each.leftOut(), due));
    }
  }

  private void put(Pending pending) {
    take(pending.version().site());
    bySite.put(pending.version().site(), pending);
    byDue.add(pending);
    leftOut.addAndGet(pending.leftOut() ? 1 : 0);
    count = bySite.size();
  }

  private void take(String site) {
    Pending known = bySite.remove(site);
    if (known != null) {
      byDue.remove(known);
      leftOut.addAndGet(known.leftOut() ? -1 : 0);
    }
    count = bySite.size();
  }

  private long now() {
    return nanos.getAsLong() - origin;
  }
}
