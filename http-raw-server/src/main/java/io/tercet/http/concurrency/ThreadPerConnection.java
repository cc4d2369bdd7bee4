package io.tercet.http.concurrency;

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
/// The code is as plain as one-by-one's, and nobody waits for anybody else; but each thread has a
/// stack and a place in the kernel's scheduler, whether its client speaks or not. Where the system
/// gives no more threads, a connection is refused with 503.
public final class ThreadPerConnection implements ConcurrencyModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of(Trait.THREAD_PER_CONNECTION);

  private final ServerContext protocol;
  private final Network network;
  private final Admission admission;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private @Nullable Attendance attendance;
  private @Nullable Acceptor acceptor;
  private long number;

  /// @param capacity of the server
  public ThreadPerConnection(ServerContext protocol, Network network, Capacity capacity) {
    this.protocol = protocol;
    this.network = network;
    this.admission = new Admission(protocol, capacity);
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
      Attendance serving = new Attendance(network, protocol, admission);
      attendance = serving;
      acceptor =
          new Acceptor(
              listeners, network.waiter(), protocol, admission, this::take, serving::close);
      acceptor.start(name() + "-accept");
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      Started.close(acceptor);
      Started.close(attendance);
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
    Attendance serving = Started.checked(attendance);
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
    return !serving.hasCut();
  }

  private boolean take(Session session) {
    Attendance serving = Started.checked(attendance);
    Thread thread =
        Thread.ofPlatform().name("connection-" + ++number).unstarted(() -> serve(serving, session));
    serving.enter();
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

  private void serve(Attendance serving, Session session) {
    try {
      serving.serve(session);
    } finally {
      serving.close();
      threads.remove(Thread.currentThread());
    }
  }

  private Acceptor acceptor() {
    return Started.checked(acceptor);
  }
}
