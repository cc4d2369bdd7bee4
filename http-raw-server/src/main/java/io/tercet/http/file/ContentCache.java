package io.tercet.http.file;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Small files in memory, so that a request for one costs no system call for the file; of large
/// ones what is known about them, and of both which coded forms exist.
///
/// When it is full the oldest goes, unless it was used since it was last looked at (CLOCK).
///
/// Files are told apart by their path and by whose they are. An owner is compared by itself and is
/// reachable for as long as one of its files is kept, which may be long after it was last used: it
/// must be small, and hold nothing.
///
/// - Bounds: [Settings], and beside it 1 MiB for what must not be dropped ([#lend]). What it holds
///   may be that much older than the file.
/// - Threading: shared by all.
public final class ContentCache {

  /// How much is kept, and for how long.
  ///
  /// @param fileBytesMax files larger than this many bytes are not kept
  /// @param totalBytesMax bytes of all files that are kept together
  /// @param freshNanos how long a file is served without looking whether it changed, in nanoseconds
  public record Settings(int fileBytesMax, long totalBytesMax, long freshNanos) {
    /// 64 KiB, 8 MiB, one second.
    public static final Settings DEFAULT = new Settings(64 * 1024, 8L << 20, 1_000_000_000L);
  }

  /// Compares by itself: what a record does is put together when it is first used, and that takes a
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

  /// A file that is kept.
  private static final class Kept {
    private final FileRepresentations variants;
    private final long bytes;
    private final long staleAt;
    private volatile boolean used;

    Kept(FileRepresentations variants, long bytes, long staleAt) {
      this.variants = variants;
      this.bytes = bytes;
      this.staleAt = staleAt;
    }
  }

  /// What an entry takes besides its contents, about: keys, objects, links of the map.
  private static final int ENTRY_BYTES = 512;

  /// Bytes that all together may hold beside it.
  private static final long LENT_BYTES_MAX = 1 << 20;

  private final Settings settings;
  private final LongSupplier nanoTime;
  private final Map<Key, Kept> kept = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Key> byAge = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /// To whom how many bytes are lent. Guarded by itself.
  private final Map<Object, Long> lent = new WeakHashMap<>();

  /// An empty cache.
  public ContentCache(Settings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
  }

  /// Whether a file of this length is worth to be read into memory.
  boolean takes(long length) {
    return length <= settings.fileBytesMax();
  }

  /// What is kept and fresh, or null.
  @Nullable FileRepresentations find(Object owner, String path) {
    Kept found = kept.get(new Key(owner, path));
    if (found == null || isPast(found.staleAt)) {
      return null;
    }
    if (!found.used) {
      found.used = true;
    }
    return found.variants;
  }

  /// What is kept, however old, or null.
  @Nullable FileRepresentations last(Object owner, String path) {
    Kept found = kept.get(new Key(owner, path));
    return found == null ? null : found.variants;
  }

  /// Keeps a file, in place of an older state of it.
  void keep(Object owner, String path, FileRepresentations variants) {
    Key key = new Key(owner, path);
    long size = entryBytes(path, variants);
    Kept added = new Kept(variants, size, freshUntil());
    Kept before = kept.put(key, added);
    bytes.addAndGet(size - (before == null ? 0 : before.bytes));
    if (before == null) {
      byAge.add(key);
    }
    evict();
  }

  /// Keeps more of a file that is kept, without being taken for fresher.
  void improve(Object owner, String path, FileRepresentations variants) {
    Key key = new Key(owner, path);
    Kept before = kept.get(key);
    if (before == null) {
      return;
    }
    long size = entryBytes(path, variants);
    if (kept.replace(key, before, new Kept(variants, size, before.staleAt))) {
      bytes.addAndGet(size - before.bytes);
      evict();
    }
  }

  /// Takes what is kept for stale.
  void forget(Object owner, String path) {
    Key key = new Key(owner, path);
    Kept found = kept.get(key);
    if (found != null) {
      kept.replace(key, found, new Kept(found.variants, found.bytes, nanoTime.getAsLong() - 1));
    }
  }

  /// Until when what is read now is fresh.
  long freshUntil() {
    return nanoTime.getAsLong() + settings.freshNanos();
  }

  boolean isPast(long time) {
    return nanoTime.getAsLong() - time > 0;
  }

  /// Whether somebody may hold so many bytes beside the cache, in place of what it held, for as
  /// long as it is reachable: first come, first served.
  ///
  /// @param holder compares by itself
  boolean lend(Object holder, long length) {
    synchronized (lent) {
      lent.remove(holder);
      if (length == 0) {
        return true;
      }
      long all = ENTRY_BYTES + length;
      for (long others : lent.values()) {
        all += others;
      }
      boolean fits = all <= LENT_BYTES_MAX;
      if (fits) {
        lent.put(holder, ENTRY_BYTES + length);
      }
      return fits;
    }
  }

  /// Bytes of all that is kept.
  public long bytes() {
    return bytes.get();
  }

  private static long entryBytes(String path, FileRepresentations variants) {
    return ENTRY_BYTES + 2L * path.length() + variants.bytes();
  }

  private void evict() {
    while (bytes.get() > settings.totalBytesMax()) {
      Key oldest = byAge.poll();
      Kept candidate = oldest == null ? null : kept.get(oldest);
      if (oldest == null) {
        return;
      }
      if (candidate == null) {
        continue;
      }
      if (candidate.used) {
        candidate.used = false;
        byAge.add(oldest);
      } else if (kept.remove(oldest, candidate)) {
        bytes.addAndGet(-candidate.bytes);
      }
    }
  }
}
