package io.tercet.lab.comparison;

import io.tercet.lab.load.LoadGenerator;
import io.tercet.lab.load.Workload;
import io.tercet.lab.proc.ListenQueue;
import io.tercet.lab.proc.TcpStates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What becomes of connections that nobody accepts, where the listener's accept queue is short.
///
/// @param listeners one for each core, each with a queue of its own
/// @param backlog connections that each queue was asked to hold
/// @param clients that tried to connect
/// @param states of their connections at the end
/// @param queue what the kernel counted meanwhile, for the whole machine
public record AcceptQueueOverflow(
    int listeners, int backlog, int clients, TcpStates states, ListenQueue queue) {
  private static final int BACKLOG = 16;
  private static final int CLIENTS_MIN = 64;

  /// Long enough for dropped clients to try again.
  private static final Duration TIME = Duration.ofMillis(1200);

  private static final Duration TIME_MAX = Duration.ofSeconds(4);
  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  /// A client that does not end its request holds up a server of one connection at a time, and
  /// twice as many others connect as its queues can hold.
  ///
  /// @param command starts a server, without its options
  /// @param folder that it serves
  /// @throws IOException if the server does not start
  static AcceptQueueOverflow measure(List<String> command, Path folder) throws IOException {
    int listeners = Runtime.getRuntime().availableProcessors();
    int clients = Math.max(CLIENTS_MIN, 2 * listeners * (BACKLOG + 1));
    List<String> few = List.of("--limit", "backlog=" + BACKLOG);
    try (ServerProcess server = ServerProcess.start(command, folder, "one-by-one", "files", few)) {
      ListenQueue before = ListenQueue.now();
      Workload workload = new Workload(server.address(), "/", clients, 1, true, 1);
      try (LoadGenerator load = LoadGenerator.start(workload)) {
        await(before);
        return new AcceptQueueOverflow(
            listeners,
            BACKLOG,
            clients + 1,
            TcpStates.ofPort(server.port()),
            ListenQueue.now().since(before));
      }
    }
  }

  private static void await(ListenQueue before) {
    long begun = System.nanoTime();
    long passed = 0;
    while (passed < TIME.toNanos()
        || (passed < TIME_MAX.toNanos() && ListenQueue.now().since(before).overflows() == 0)) {
      LockSupport.parkNanos(POLL_NANOS);
      passed = System.nanoTime() - begun;
    }
  }
}
