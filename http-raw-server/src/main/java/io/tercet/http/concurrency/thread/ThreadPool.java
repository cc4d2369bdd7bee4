package io.tercet.http.concurrency.thread;

import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.PoolSize;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A fixed number of platform threads and a bounded queue of connections for them.
///
/// A thread serves its connection to the end. So as many silent clients as there are threads keep
/// all others in the queue until a deadline frees a thread. If the queue is full, the accepting
/// thread answers 503 at once: a queue without a bound would be worse.
public final class ThreadPool extends BlockingModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of(Trait.MAY_STARVE_OTHERS);

  /// @param capacity of the server
  public ThreadPool(ServerContext context, Network network, Capacity capacity, PoolSize size) {
    super(
        "pool",
        context,
        network,
        capacity,
        new ThreadPoolExecutor(
            size.threads(),
            size.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(size.queued()),
            Thread.ofPlatform().name("pool-", 1).factory()));
  }
}
