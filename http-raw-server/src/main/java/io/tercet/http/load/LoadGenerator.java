package io.tercet.http.load;

import io.tercet.http.readiness.Dialer;
import io.tercet.http.readiness.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Many clients of one server, in a closed loop: each asks again as soon as it was answered, so a
/// slow server is asked less.
///
/// Use: [#start], [#awaitConnected], [#ask], [#measure], [#finish], [#end].
///
/// - Bounds: it ends when it is closed; nothing it does outlives that.
/// - Threading: one thread uses it.
public final class LoadGenerator implements AutoCloseable {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

  private final Traffic traffic;
  private final List<LoadLoop> loops = new ArrayList<>();

  private LoadGenerator(Traffic traffic) {
    this.traffic = traffic;
  }

  /// Starts the clients; they connect, and those that trickle begin.
  ///
  /// @param pollers makes one for each thread
  public static LoadGenerator start(Traffic traffic, Dialer dialer, Supplier<Poller> pollers) {
    LoadGenerator load = new LoadGenerator(traffic);
    int threads = traffic.threads();
    for (int i = 0; i < threads; i++) {
      load.loops.add(
          new LoadLoop(
              traffic,
              dialer,
              pollers.get(),
              share(traffic.connections(), i, threads),
              share(traffic.tricklers(), i, threads)));
    }
    load.loops.forEach(LoadLoop::start);
    return load;
  }

  /// Waits until all clients have a connection, or so long.
  ///
  /// @return how many have one
  public int awaitConnected(Duration atMost) {
    long until = System.nanoTime() + atMost.toNanos();
    int connected = connected();
    while (connected < traffic.connections() && System.nanoTime() - until < 0) {
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

  /// Lets clients ask from now on, those that have no connection yet as soon as they have one.
  public void ask() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.ASKING));
  }

  /// Counts from now on.
  public void measure() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.MEASURING));
  }

  /// Counts and asks no more; connections stay open, and answers that are under way are read.
  public void finish() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.FINISHING));
  }

  /// Closes all connections and says what was counted.
  public Tally end() throws InterruptedException {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.OVER));
    Tally all = loops.getFirst().join();
    for (LoadLoop loop : loops.subList(1, loops.size())) {
      all = all.and(loop.join());
    }
    return all;
  }

  /// Closes all connections, whatever is under way. After [#end()] it does nothing.
  @Override
  public void close() {
    loops.forEach(loop -> loop.enter(LoadLoop.Phase.OVER));
  }

  private static int share(int whole, int index, int parts) {
    return whole / parts + (index < whole % parts ? 1 : 0);
  }
}
