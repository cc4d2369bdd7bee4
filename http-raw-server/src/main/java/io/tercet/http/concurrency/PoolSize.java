package io.tercet.http.concurrency;

/// How large a thread pool is.
///
/// @param threads that serve
/// @param queued connections that may wait for a thread
public record PoolSize(int threads, int queued) {
  /// 200 threads, 1,000 connections.
  public static final PoolSize DEFAULT = new PoolSize(200, 1_000);

  /// Refuses a pool that could do nothing.
  public PoolSize {
    if (threads < 1 || queued < 1) {
      throw new IllegalArgumentException("no pool: " + threads + " threads, " + queued + " queued");
    }
  }
}
