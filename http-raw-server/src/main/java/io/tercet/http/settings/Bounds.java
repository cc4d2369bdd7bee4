package io.tercet.http.settings;

import io.tercet.http.concurrency.ThreadPool;
import io.tercet.http.connection.Deadlines;
import io.tercet.http.connection.MemoryBudget;
import io.tercet.http.handle.ContentCache;
import io.tercet.http.handle.FileRules;
import io.tercet.http.parse.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    Limits limits,
    Deadlines deadlines,
    int connectionsMax,
    int clientConnectionsMax,
    int backlog,
    int unfinishedBytesMax,
    int accessLogBytesMax,
    ThreadPool.Size pool,
    ContentCache.Settings cache,
    int listingEntriesMax,
    int siteFilesMax) {

  /// What holds unless it is set.
  public static final Bounds DEFAULT =
      new Bounds(
          Limits.DEFAULT,
          Deadlines.DEFAULT,
          10_000,
          0,
          4096,
          MemoryBudget.BYTES_MAX,
          8 * 1024 * 1024,
          ThreadPool.Size.DEFAULT,
          ContentCache.Settings.DEFAULT,
          FileRules.DEFAULT.listingEntriesMax(),
          100_000);

  /// Refuses what would let nobody in.
  public Bounds {
    if (connectionsMax < 1 || backlog < 1) {
      throw new IllegalArgumentException(
          (connectionsMax < 1 ? "connections" : "backlog") + " is at least 1, not 0");
    }
  }

  /// The same bounds, for so many connections at once.
  public Bounds withConnections(int max) {
    return new Bounds(
        limits,
        deadlines,
        max,
        clientConnectionsMax,
        backlog,
        unfinishedBytesMax,
        accessLogBytesMax,
        pool,
        cache,
        listingEntriesMax,
        siteFilesMax);
  }

  /// The bounds with some set by name.
  ///
  /// @throws IllegalArgumentException naming what cannot be set, or not to that
  static Bounds of(Map<String, String> values) {
    Map<String, String> left = new LinkedHashMap<>(values);
    Limits limits =
        new Limits(
            whole(left, "request-line-bytes", Limits.DEFAULT.requestLineBytesMax()),
            whole(left, "header-bytes", Limits.DEFAULT.headerBytesMax()),
            whole(left, "header-count", Limits.DEFAULT.headerCountMax()),
            whole(left, "body-bytes", (int) Limits.DEFAULT.bodyBytesMax()),
            whole(left, "chunk-line-bytes", Limits.DEFAULT.chunkLineBytesMax()));
    Deadlines deadlines =
        new Deadlines(
            time(left, "header-timeout", Deadlines.DEFAULT.header()),
            time(left, "body-timeout", Deadlines.DEFAULT.body()),
            time(left, "idle-timeout", Deadlines.DEFAULT.idle()),
            time(left, "write-timeout", Deadlines.DEFAULT.write()),
            time(left, "linger-timeout", Deadlines.DEFAULT.linger()),
            whole(left, "body-rate", Deadlines.DEFAULT.bodyRateMin()),
            time(left, "body-grace", Deadlines.DEFAULT.bodyGrace()),
            whole(left, "requests-per-connection", Deadlines.DEFAULT.requestsMax()));
    int connections = whole(left, "connections", DEFAULT.connectionsMax());
    int ofOneClient = whole(left, "client-connections", DEFAULT.clientConnectionsMax());
    int backlog = whole(left, "backlog", DEFAULT.backlog());
    int unfinished = whole(left, "unfinished-bytes", DEFAULT.unfinishedBytesMax());
    int accessLog = whole(left, "access-log-bytes", DEFAULT.accessLogBytesMax());
    ThreadPool.Size pool =
        new ThreadPool.Size(
            whole(left, "pool-threads", DEFAULT.pool().threads()),
            whole(left, "pool-queue", DEFAULT.pool().queued()));
    ContentCache.Settings cache =
        new ContentCache.Settings(
            whole(left, "cached-file-bytes", ContentCache.Settings.DEFAULT.fileBytesMax()),
            whole(left, "cache-bytes", (int) ContentCache.Settings.DEFAULT.totalBytesMax()),
            ContentCache.Settings.DEFAULT.freshNanos());
    int listingEntries = whole(left, "listing-entries", DEFAULT.listingEntriesMax());
    int siteFiles = whole(left, "site-files", DEFAULT.siteFilesMax());
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("there is no limit " + left.keySet().iterator().next());
    }
    return new Bounds(
        limits,
        deadlines,
        connections,
        ofOneClient,
        backlog,
        unfinished,
        accessLog,
        pool,
        cache,
        listingEntries,
        siteFiles);
  }

  private static int whole(Map<String, String> values, String name, int otherwise) {
    String value = values.remove(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException(name + " is a whole number, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static Duration time(Map<String, String> values, String name, Duration otherwise) {
    String value = values.remove(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,7}(ms|s|m)")) {
      throw new IllegalArgumentException(
          name + " is a time such as 500ms, 10s or 2m, not " + value);
    }
    return Duration.parse(iso(value));
  }

  private static String iso(String value) {
    if (value.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2))).toString();
    }
    return "PT" + value.toUpperCase(Locale.ROOT);
  }
}
