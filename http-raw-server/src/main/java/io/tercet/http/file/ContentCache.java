package io.tercet.http.file;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cache of files: small ones with their content, so that a request for one costs no system
/// call for the file; large ones with what is known about them. Both with the coded forms that
/// exist.
///
/// A full cache evicts its oldest file, unless that was used since the last look at it (CLOCK).
///
/// The key of a file is its path and its owner. An owner is compared by identity. It stays
/// reachable as long as one of its files is cached, which may be long after its last use, so it
/// must be small and refer to nothing.
///
/// - Bounds: [Settings], and beside it 1 MiB that is never evicted ([#reserve]). 32 threads load
///   files at once ([#load]). A response may be as much older than the file as
///   [Settings#freshNanos] says.
/// - Threading: shared by all handlers of a server.
public final class ContentCache {

  /// How much is cached, and for how long.
  ///
  /// @param fileBytesMax files larger than this many bytes are cached without their content
  /// @param totalBytesMax bytes of all cached files together
  /// @param freshNanos how long a file is served without a look whether it changed, in nanoseconds
  public record Settings(int fileBytesMax, long totalBytesMax, long freshNanos) {
    /// 64 KiB, 8 MiB, one second.
    public static final Settings DEFAULT = new Settings(64 * 1024, 8L << 20, 1_000_000_000L);
  }

  /// Compares by itself: the methods of a record are linked when they are first used, which takes a
  /// good part of the time that the first request of a server needs.
  private record Key(Object owner, String path) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && owner.equals(key.owner) && path.equals(key.path);
    }

    @Override
    public int hashCode() {
      return 31 * owner.hashCode() + path.hashCode();
    }
  }

  private static final class Cached {
    private final FileRepresentations file;
    private final long bytes;
    private final long staleAt;
    private volatile boolean used;

    Cached(FileRepresentations file, long bytes, long staleAt) {
      this.file = file;
      this.bytes = bytes;
      this.staleAt = staleAt;
    }
  }

  /// About what an entry takes beside its content: keys, objects, links of the map.
  private static final int ENTRY_BYTES = 512;

  private static final long RESERVED_BYTES_MAX = 1 << 20;

  /// A thread that loads a file takes twice the bytes that are cached of it, and of its coded
  /// forms.
  private static final int LOADS_MAX = 32;

  private final Settings settings;
  private final LongSupplier nanoTime;
  private final ConcurrencyLimit loads = new ConcurrencyLimit(LOADS_MAX);
  private final Map<Key, Cached> entries = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Key> byAge = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /// How many bytes each holder has reserved. Guarded by itself.
  private final Map<Object, Long> reserved = new WeakHashMap<>();

  /// An empty cache.
  public ContentCache(Settings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /// Whether a file of this length is cached with its content.
  boolean holdsContent(long length) {
    return length <= settings.fileBytesMax();
  }

  /// Does work that reads files into memory, once fewer than 32 other threads do. Such work must
  /// not ask for this once more.
  <T> T load(Supplier<T> work) {
    return loads.run(work);
  }

  /// What is cached and fresh, or null.
  @Nullable FileRepresentations find(Object owner, String path) {
    Cached found = entries.get(new Key(owner, path));
    if (found == null || isPast(found.staleAt)) {
      return null;
    }
    if (!found.used) {
      found.used = true;
    }
    return found.file;
  }

  /// What is cached, however old, or null.
  @Nullable FileRepresentations findStale(Object owner, String path) {
    Cached found = entries.get(new Key(owner, path));
    return found == null ? null : found.file;
  }

  /// Caches a file, in place of an older state of it.
  void put(Object owner, String path, FileRepresentations file) {
    Key key = new Key(owner, path);
    long size = entryBytes(path, file);
    Cached before = entries.put(key, new Cached(file, size, freshUntil()));
    bytes.addAndGet(size - (before == null ? 0 : before.bytes));
    if (before == null) {
      byAge.add(key);
    }
    evict();
  }

  /// Adds to a cached file, which becomes stale when it would have.
  void replace(Object owner, String path, FileRepresentations file) {
    Key key = new Key(owner, path);
    Cached before = entries.get(key);
    if (before == null) {
      return;
    }
    long size = entryBytes(path, file);
    if (entries.replace(key, before, new Cached(file, size, before.staleAt))) {
      bytes.addAndGet(size - before.bytes);
      evict();
    }
  }

  /// Marks a cached file as stale.
  void expire(Object owner, String path) {
    Key key = new Key(owner, path);
    Cached found = entries.get(key);
    if (found != null) {
      entries.replace(key, found, new Cached(found.file, found.bytes, nanoTime.getAsLong() - 1));
    }
  }

  /// Until when a file that is read now is fresh, as the clock of the cache has it.
  public long freshUntil() {
    return nanoTime.getAsLong() + settings.freshNanos();
  }

  /// Whether a time of [#freshUntil] is over.
  public boolean isPast(long time) {
    return nanoTime.getAsLong() - time > 0;
  }

  /// Reserves so many bytes beside the cache for a holder, in place of what it had reserved, for as
  /// long as the holder is reachable. False, and nothing is reserved for it, if there is no room.
  ///
  /// @param holder is compared by identity
  public boolean reserve(Object holder, long length) {
    synchronized (reserved) {
      reserved.remove(holder);
      if (length == 0) {
        return true;
      }
      long all = ENTRY_BYTES + length;
      for (long others : reserved.values()) {
        all += others;
      }
      boolean fits = all <= RESERVED_BYTES_MAX;
      if (fits) {
        reserved.put(holder, ENTRY_BYTES + length);
      }
      return fits;
    }
  }

  /// Bytes of all cached files.
  public long bytes() {
    return bytes.get();
  }

  private static long entryBytes(String path, FileRepresentations file) {
    return ENTRY_BYTES + 2L * path.length() + file.bytes();
  }

  private void evict() {
    while (bytes.get() > settings.totalBytesMax()) {
      Key oldest = byAge.poll();
      if (oldest == null) {
        return;
      }
      Cached candidate = entries.get(oldest);
      if (candidate == null) {
        continue;
      }
      if (candidate.used) {
        candidate.used = false;
        byAge.add(oldest);
      } else if (entries.remove(oldest, candidate)) {
        bytes.addAndGet(-candidate.bytes);
      }
    }
  }
}
