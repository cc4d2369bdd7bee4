package io.tercet.http.concurrency.thread;

import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A platform thread for each connection.
///
/// The code is as plain as one-by-one's, and no connection waits for another. But each thread has a
/// stack and a place in the kernel's scheduler, even while its client is silent. If the system
/// gives no more threads, a connection is answered 503.
public final class ThreadPerConnection implements ConcurrencyModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of(Trait.THREAD_PER_CONNECTION);

  private final ServerContext protocol;
  private final Network network;
  private final AdmissionControl admission;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private @Nullable BlockingServe blocking;
  private @Nullable Acceptor acceptor;
  private long number;

  /// @param capacity of the server
  public ThreadPerConnection(ServerContext protocol, Network network, Capacity capacity) {
    this.protocol = protocol;
    this.network = network;
    this.admission = new AdmissionControl(protocol, capacity);
  }

  @Override
  public String name() {
    return "threads";
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
      acceptor =
          new Acceptor(
              listeners, network.waiter(), protocol, admission, this::take, serving::close);
      acceptor.start(name() + "-accept");
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      Lifecycle.closeAfterFailure(acceptor);
      Lifecycle.closeAfterFailure(blocking);
      throw cannot;
    }
  }

  @Override
  public void retire() {
    acceptor().retire();
  }

  @Override
  public boolean isOver() {
    return acceptor().isOver() && threads.isEmpty();
  }

  @Override
  public boolean stop(Duration drain) {
    BlockingServe serving = Lifecycle.started(blocking);
    serving.stop(System.nanoTime() + drain.toNanos());
    acceptor().retire();
    try {
      acceptor().join();
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !serving.hasCutOff();
  }

  private boolean take(ServerConnection connection) {
    BlockingServe serving = Lifecycle.started(blocking);
    Thread thread =
        Thread.ofPlatform()
            .name("connection-" + ++number)
            .unstarted(() -> serve(serving, connection));
    serving.retain();
    threads.add(thread);
    try {
      thread.start();
      return true;
    } catch (OutOfMemoryError noThread) {
      // The system's limit on threads or processes, not the heap's: the connection can be refused.
      threads.remove(thread);
      serving.close();
      return false;
    }
  }

  private void serve(BlockingServe serving, ServerConnection connection) {
    try {
      serving.serve(connection);
    } finally {
      serving.close();
      threads.remove(Thread.currentThread());
    }
  }

  private Acceptor acceptor() {
    return Lifecycle.started(acceptor);
  }
}
