package io.tercet.http.concurrency.thread;

import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Network;
import java.util.Set;
import java.util.concurrent.Executors;

/// A platform thread for each connection.
///
/// The code is as plain as one-by-one's, and no connection waits for another. But each thread has a
/// stack and a place in the kernel's scheduler, even while its client is silent. If the system
/// gives no more threads, a connection is answered 503.
public final class ThreadPerConnection extends BlockingModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of(Trait.THREAD_PER_CONNECTION);

  /// @param capacity of the server
  public ThreadPerConnection(ServerContext context, Network network, Capacity capacity) {
    super(
        "threads",
        context,
        network,
        capacity,
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("connection-", 1).factory()));
  }
}
