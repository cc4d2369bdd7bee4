package io.tercet.lab.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Many clients of one server, in a closed loop: each sends its next request when the last one was
/// answered, so a slow server gets fewer requests.
///
/// Use: [#start], [#awaitConnected], [#startRequests], [#startMeasuring], [#stopMeasuring],
/// [#stop].
///
/// - Bounds: nothing that it does goes on after it is closed.
/// - Threading: one thread uses it.
public final class LoadGenerator implements AutoCloseable {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private final Workload workload;
  private final List<LoadLoop> loops = new ArrayList<>();

  private LoadGenerator(Workload workload) {
    this.workload = workload;
  }

  /// Starts the clients; they connect, and slow ones begin to send.
  public static LoadGenerator start(Workload workload) {
    LoadGenerator load = new LoadGenerator(workload);
    int threads = workload.threads();
    for (int i = 0; i < threads; i++) {
      load.loops.add(
          new LoadLoop(
              workload,
              share(workload.connections(), i, threads),
              share(workload.slowConnections(), i, threads)));
    }
    load.loops.forEach(LoadLoop::start);
    return load;
  }

  /// Waits until all clients have a connection, or the time is over.
  ///
  /// @return how many have one
  public int awaitConnected(Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    int connected = connected();
    while (connected < workload.connections() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(POLL_NANOS);
      connected = connected();
    }
    return connected;
  }

  /// How many clients have a connection now.
  public int connected() {
    return loops.stream().mapToInt(LoadLoop::connected).sum();
  }

  /// How many responses were counted so far, of any status.
  public long responses() {
    return loops.stream().mapToLong(LoadLoop::responses).sum();
  }

  /// Clients send requests from now on. One that has no connection yet sends as soon as it has one.
  public void startRequests() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.REQUESTING));
  }

  /// Counts from now on.
  public void startMeasuring() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.MEASURING));
  }

  /// Counts no more and sends no more requests. Connections stay open, and responses that are under
  /// way are read.
  public void stopMeasuring() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.FINISHING));
  }

  /// Closes all connections and says what was counted.
  public LoadResult stop() throws InterruptedException {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.OVER));
    LoadResult all = loops.getFirst().join();
    for (LoadLoop loop : loops.subList(1, loops.size())) {
      all = all.and(loop.join());
    }
    return all;
  }

  /// Closes all connections, whatever is under way. After [#stop()] it does nothing.
  @Override
  public void close() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.OVER));
  }

  private static int share(int whole, int index, int parts) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }
}
