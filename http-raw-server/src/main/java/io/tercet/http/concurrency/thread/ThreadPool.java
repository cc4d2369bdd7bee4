package io.tercet.http.concurrency.thread;

import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.PoolSize;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A fixed number of platform threads and a bounded queue of connections for them.
///
/// A thread serves its connection to the end. So as many silent clients as there are threads keep
/// all others in the queue until a deadline frees a thread. If the queue is full, the accepting
/// thread answers 503 at once: a queue without a bound would be worse.
public final class ThreadPool implements ConcurrencyModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of(Trait.MAY_STARVE_OTHERS);

  private final ServerContext protocol;
  private final Network network;
  private final AdmissionControl admission;
  private final ThreadPoolExecutor pool;
  private @Nullable BlockingServe blocking;
  private @Nullable Acceptor acceptor;

  /// @param capacity of the server
  public ThreadPool(ServerContext protocol, Network network, Capacity capacity, PoolSize size) {
    this.protocol = protocol;
    this.network = network;
    this.admission = new AdmissionControl(protocol, capacity);
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            size.threads(),
            size.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(size.queued()),
            work -> new Thread(work, "pool-" + number.incrementAndGet()));
  }

  @Override
  public String name() {
    return "pool";
  }

  @Override
  public Set<Trait> traits() {
    return TRAITS;
  }

  @Override
  public void start(List<Listener> listeners) {
    try {
      BlockingServe serving = new BlockingServe(network, protocol, admission);
      blocking = serving;
      // After the last connection was accepted, the pool's threads end with those they have.
      Runnable ended =
          () -> {
            pool.shutdown();
            serving.close();
          };
      acceptor = new Acceptor(listeners, network.waiter(), protocol, admission, this::take, ended);
      acceptor.start("pool-accept");
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      Lifecycle.closeAfterFailure(acceptor);
      Lifecycle.closeAfterFailure(blocking);
      throw cannot;
    }
  }

  @Override
  public void retire() {
    Lifecycle.started(acceptor).retire();
  }

  @Override
  public boolean isOver() {
    return pool.isTerminated();
  }

  @Override
  public boolean stop(Duration drain) {
    BlockingServe serving = Lifecycle.started(blocking);
    serving.stop(System.nanoTime() + drain.toNanos());
    retire();
    try {
      Lifecycle.started(acceptor).join();
      pool.shutdown();
      while (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        // Each connection ends by itself when the time is over.
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !serving.hasCutOff();
  }

  private boolean take(ServerConnection connection) {
    BlockingServe serving = Lifecycle.started(blocking);
    serving.retain();
    boolean taken =
        offer(() -> {
          try {
            serving.serve(connection);
          } finally {
            serving.close();
          }
        });
    if (!taken) {
      serving.close();
    }
    return taken;
  }

  private boolean offer(Runnable work) {
    try {
      pool.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    } catch (OutOfMemoryError noThread) {
      // The system's limit on threads or processes, not the heap's: those that there are go on.
      return pool.getPoolSize() > 0 && pool.getQueue().offer(work);
    }
  }
}
