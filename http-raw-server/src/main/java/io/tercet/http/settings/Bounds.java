package io.tercet.http.settings;

import io.tercet.http.buffer.MemoryBudget;
import io.tercet.http.concurrency.PoolSize;
import io.tercet.http.connection.ConnectionLimits;
import io.tercet.http.file.ContentCache;
import io.tercet.http.file.FileServingOptions;
import io.tercet.http.parse.RequestLimits;
import java.util.Map;

/// Every limit of the server, by the name that `--limit NAME=VALUE` sets it with.
///
/// @param connectionsMax connections at once; past it 503
/// @param clientConnectionsMax connections of one client at once; past it 429. 0 for any number
/// @param backlog connections that wait to be accepted, per core
/// @param unfinishedBytesMax memory of all that is unfinished: heads, bodies, answers; past it 503
/// @param accessLogBytesMax memory of entries that wait to be written; past it they are dropped
/// @param pool how large the thread pool is, where that is the model
/// @param cache what is kept of files in memory
/// @param listingEntriesMax entries of a folder that are read for a listing
/// @param siteFilesMax files of all published sites together; a version past it is not served
public record Bounds(
    RequestLimits limits,
    ConnectionLimits deadlines,
    int connectionsMax,
    int clientConnectionsMax,
    int backlog,
    int unfinishedBytesMax,
    int accessLogBytesMax,
    PoolSize pool,
    ContentCache.Settings cache,
    int listingEntriesMax,
    int siteFilesMax) {

  /// As much as a limit can be set to: two of them together are still an `int`.
  private static final int MAX = 1_000_000_000;

  /// The threads of a pool, and its queue, which is made at once in its full length.
  private static final int POOL_MAX = 1_000_000;

  /// What holds unless it is set.
  public static final Bounds DEFAULT =
      new Bounds(
          RequestLimits.DEFAULT,
          ConnectionLimits.DEFAULT,
          10_000,
          0,
          4096,
          MemoryBudget.BYTES_MAX,
          8 * 1024 * 1024,
          PoolSize.DEFAULT,
          ContentCache.Settings.DEFAULT,
          FileServingOptions.DEFAULT.listingEntriesMax(),
          100_000);

  /// Refuses what would let nobody in.
  public Bounds {
    if (connectionsMax < 1) {
      throw new IllegalArgumentException("connections is at least 1, not " + connectionsMax);
    }
    if (backlog < 1) {
      throw new IllegalArgumentException("backlog is at least 1, not " + backlog);
    }
  }

  /// The default bounds with some set by name, as `--limit` does.
  ///
  /// @throws IllegalArgumentException naming what cannot be set, or not to that
  public static Bounds of(Map<String, String> values) {
    LimitAssignments given = new LimitAssignments(values);
    Bounds bounds =
        new Bounds(
            new RequestLimits(
                given.whole("request-line-bytes", DEFAULT.limits().requestLineBytesMax(), 16, MAX),
                given.whole("header-bytes", DEFAULT.limits().headerBytesMax(), 16, MAX),
                given.whole("header-count", DEFAULT.limits().headerCountMax(), 1, MAX),
                given.whole("body-bytes", (int) DEFAULT.limits().bodyBytesMax(), 0, MAX),
                given.whole("chunk-line-bytes", DEFAULT.limits().chunkLineBytesMax(), 8, MAX)),
            new ConnectionLimits(
                given.time("header-timeout", DEFAULT.deadlines().header()),
                given.time("body-timeout", DEFAULT.deadlines().body()),
                given.time("idle-timeout", DEFAULT.deadlines().idle()),
                given.time("write-timeout", DEFAULT.deadlines().write()),
                given.time("linger-timeout", DEFAULT.deadlines().linger()),
                given.whole("body-rate", DEFAULT.deadlines().bodyRateMin(), 0, MAX),
                given.time("body-grace", DEFAULT.deadlines().bodyGrace()),
                given.whole("requests-per-connection", DEFAULT.deadlines().requestsMax(), 1, MAX)),
            given.whole("connections", DEFAULT.connectionsMax(), 1, MAX),
            given.whole("client-connections", DEFAULT.clientConnectionsMax(), 0, MAX),
            given.whole("backlog", DEFAULT.backlog(), 1, MAX),
            given.whole("unfinished-bytes", DEFAULT.unfinishedBytesMax(), 0, MAX),
            given.whole("access-log-bytes", DEFAULT.accessLogBytesMax(), 0, MAX),
            new PoolSize(
                given.whole("pool-threads", DEFAULT.pool().threads(), 1, POOL_MAX),
                given.whole("pool-queue", DEFAULT.pool().queued(), 1, POOL_MAX)),
            new ContentCache.Settings(
                given.whole("cached-file-bytes", DEFAULT.cache().fileBytesMax(), 0, MAX),
                given.whole("cache-bytes", (int) DEFAULT.cache().totalBytesMax(), 0, MAX),
                DEFAULT.cache().freshNanos()),
            given.whole("listing-entries", DEFAULT.listingEntriesMax(), 0, MAX),
            given.whole("site-files", DEFAULT.siteFilesMax(), 0, MAX));
    given.checkEmpty();
    return bounds;
  }
}
