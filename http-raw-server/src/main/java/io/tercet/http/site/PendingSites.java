package io.tercet.http.site;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The sites whose listed version must still be fetched, in the order in which they are due.
///
/// A version that failed is due again after 0.5 s, then after twice as long each time, up to 10 s.
///
/// Threading: confined to the thread that pulls; any thread may ask for [#count()].
final class PendingSites {
  private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long PAUSE_NANOS_MAX = TimeUnit.SECONDS.toNanos(10);

  private record Pending(SiteVersion version, int failures, long due) {}

  private final LongSupplier nanos;
  private final long origin;
  private final Map<String, Pending> bySite = new HashMap<>();
  private final TreeSet<Pending> byDue =
      new TreeSet<>(
          Comparator.comparingLong(Pending::due).thenComparing(each -> each.version().site()));
  private volatile int count;

  /// @param nanos a clock that never goes back, such as `System::nanoTime`
  PendingSites(LongSupplier nanos) {
    this.nanos = nanos;
    this.origin = nanos.getAsLong();
  }

  /// How many there are.
  int count() {
    return count;
  }

  boolean isEmpty() {
    return bySite.isEmpty();
  }

  /// A version is wanted, in place of an older one of the site. One that is pending stays due when
  /// it is.
  void add(SiteVersion version) {
    Pending known = bySite.get(version.site());
    if (known == null || !known.version().equals(version)) {
      put(new Pending(version, 0, now()));
    }
  }

  /// Forgets the sites that are not listed any more.
  void retain(Set<String> listed) {
    for (Pending each : List.copyOf(byDue)) {
      if (!listed.contains(each.version().site())) {
        remove(each.version());
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

  /// A version is not wanted any more, because it is here.
  void remove(SiteVersion version) {
    Pending known = bySite.remove(version.site());
    if (known != null) {
      byDue.remove(known);
    }
    count = bySite.size();
  }

  /// A version could not be fetched.
  ///
  /// @return whether this is its first failure
  boolean retryLater(SiteVersion version) {
    Pending known = bySite.get(version.site());
    int failures = known == null ? 0 : known.failures();
    long pause = Math.min(PAUSE_NANOS_MIN << Math.min(failures, 30), PAUSE_NANOS_MAX);
    put(new Pending(version, failures + 1, now() + pause));
    return failures == 0;
  }

  /// Whatever failed may succeed now.
  void retryNow() {
    for (Pending each : List.copyOf(byDue)) {
      put(new Pending(each.version(), each.failures(), Math.min(each.due(), now())));
    }
  }

  private void put(Pending pending) {
    Pending known = bySite.put(pending.version().site(), pending);
    if (known != null) {
      byDue.remove(known);
    }
    byDue.add(pending);
    count = bySite.size();
  }

  private long now() {
    return nanos.getAsLong() - origin;
  }
}
