package io.tercet.http.posix;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Threads that call for virtual threads what may wait for a disk. A virtual thread that called
/// itself would hold its carrier meanwhile, and there are only as many carriers as cores.
///
/// A platform thread calls itself, because it would wait anyway. So does a virtual one if the
/// system has no thread for its call.
///
/// - Bounds: [#THREADS_MAX] threads, which end after ten idle seconds. Each caller waits for its
///   one call, so there are never more calls than connections.
/// - Threading: any.
public final class DiskThreads {
  /// More do not make a disk faster.
  static final int THREADS_MAX = 16;

  private static final int IDLE_SECONDS_MAX = 10;

  /// Created by the first call of a virtual thread: most servers have no virtual threads.
  private static final class Pool {
    static final ThreadPoolExecutor THREADS =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            IDLE_SECONDS_MAX,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("disk-", 0).daemon().factory());

    static {
      THREADS.allowCoreThreadTimeOut(true);
    }
  }

  private DiskThreads() {}

  /// Returns what the call returns, and throws what it throws.
  public static <T> T call(Supplier<T> call) {
    return Thread.currentThread().isVirtual() ? call(call, Pool.THREADS) : call.get();
  }

  /// The same on one of these threads.
  static <T> T call(Supplier<T> call, Executor threads) {
    CompletableFuture<T> called;
    try {
      called = CompletableFuture.supplyAsync(call, threads);
    } catch (OutOfMemoryError noThread) {
      // The system's limit on threads or processes, not the heap's: a carrier waits then.
      return call.get();
    }
    try {
      return called.join();
    } catch (CompletionException failed) {
      switch (failed.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw failed;
      }
    }
  }
}
