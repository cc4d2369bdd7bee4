package io.tercet.http.concurrency.thread;

import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A thread that accepts, and threads of an executor that each serve a connection from its first
/// byte to its last. Which threads those are is all that the models differ in. Without an executor
/// the thread that accepts serves, too, and accepts the next connection after that.
///
/// The executor is made with the model, so it must not start a thread before it gets work.
abstract sealed class BlockingModel implements ConcurrencyModel
    permits OneByOne, ThreadPerConnection, ThreadPool {
  private static final String NOT_STARTED = "the model was not started";

  private final String name;
  private final ServerContext context;
  private final Network network;
  private final AdmissionControl admission;
  private final @Nullable ExecutorService threads;
  private @Nullable BlockingServe blocking;
  private @Nullable Acceptor acceptor;

  /// @param capacity of the server
  /// @param threads that serve; null for the one that accepts
  BlockingModel(
      String name,
      ServerContext context,
      Network network,
      Capacity capacity,
      @Nullable ExecutorService threads) {
    this.name = name;
    this.context = context;
    this.network = network;
    this.admission = new AdmissionControl(context, capacity);
    this.threads = threads;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final void start(List<Listener> listeners) {
    try {
      BlockingServe serving = new BlockingServe(network, context, admission);
      blocking = serving;
      // After the last connection was accepted, the threads end with those they have.
      Runnable ended =
          () -> {
            if (threads != null) {
              threads.shutdown();
            }
            serving.close();
          };
      int batch = threads == null ? 1 : AdmissionControl.BATCH_MAX;
      acceptor =
          new Acceptor(listeners, network.waiter(), context, admission, batch, this::take, ended);
      acceptor.start(name + "-accept");
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      if (acceptor != null) {
        acceptor.close();
      }
      if (blocking != null) {
        blocking.close();
      }
      throw cannot;
    }
  }

  @Override
  public final void retire() {
    Objects.requireNonNull(acceptor, NOT_STARTED).retire();
  }

  @Override
  public final boolean isOver() {
    return threads == null
        ? Objects.requireNonNull(acceptor, NOT_STARTED).isOver()
        : threads.isTerminated();
  }

  @Override
  public final boolean stop(Duration drain) {
    BlockingServe serving = Objects.requireNonNull(blocking, NOT_STARTED);
    serving.stop(System.nanoTime() + drain.toNanos());
    retire();
    try {
      Objects.requireNonNull(acceptor, NOT_STARTED).join();
      while (threads != null && !threads.awaitTermination(1, TimeUnit.MINUTES)) {
        // Each connection ends by itself when the time is over.
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !serving.hasCutOff();
  }

  private boolean take(ServerConnection connection) {
    BlockingServe serving = Objects.requireNonNull(blocking, NOT_STARTED);
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

  /// Lets a thread do the work; false if none can.
  private boolean offer(Runnable work) {
    if (threads == null) {
      work.run();
      return true;
    }
    try {
      threads.execute(work);
      return true;
    } catch (RejectedExecutionException full) {
      return false;
    } catch (OutOfMemoryError noThread) {
      // The system's limit on threads or processes, not the heap's: those of a pool go on.
      return threads instanceof ThreadPoolExecutor pool
          && pool.getPoolSize() > 0
          && pool.getQueue().offer(work);
    }
  }
}
