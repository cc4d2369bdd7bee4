package io.tercet.http.concurrency.thread;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.buffer.WorkspacePool;
import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.DeadlineScan;
import io.tercet.http.concurrency.RefusedConnections;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A virtual thread per connection. The code reads as if it blocked, but no virtual thread blocks
/// in a system call.
///
/// A foreign call that blocks holds its carrier, and there are only as many carriers as cores: two
/// silent clients would stop all others. So a virtual thread whose socket is not ready parks, which
/// frees its carrier. One platform thread waits in the poller for all sockets, unparks the virtual
/// thread whose socket became ready, accepts, and scans deadlines.
///
/// Threading: a connection is confined to its virtual thread; signals cross by an atomic.
public final class VirtualThreads implements ConcurrencyModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of();

  /// A signal beside those of a poller: the deadline may have passed, or the model stops.
  private static final int CHECK = 8;

  /// A signal: the time to finish is over.
  private static final int CUT = 16;

  private final ServerContext context;
  private final Network network;
  private final AdmissionControl admission;
  private final WorkspacePool workspaces;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Poller started;
  private volatile boolean retired;
  private volatile boolean stopping;
  private volatile long stopBy;
  private volatile boolean cut;

  /// @param capacity of the server
  public VirtualThreads(ServerContext context, Network network, Capacity capacity) {
    this.context = context;
    this.network = network;
    this.admission = new AdmissionControl(context, capacity);
    this.workspaces = new WorkspacePool(context.limits());
  }

  @Override
  public String name() {
    return "virtual-threads";
  }

  @Override
  public void start(List<Listener> listeners) {
    Poller poller = network.poller(Network.Kind.EPOLL);
    started = poller;
    try {
      listeners.forEach(listener -> poller.watch(listener, listener));
      Thread.ofPlatform().name("virtual-threads-poller").start(new PollerThread(listeners));
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      poller.close();
      throw cannot;
    }
  }

  @Override
  public void retire() {
    retired = true;
    poller().wake();
  }

  @Override
  public boolean isOver() {
    return ended.getCount() == 0;
  }

  @Override
  public boolean stop(Duration drain) {
    stopBy = System.nanoTime() + drain.toNanos();
    admission.stop();
    stopping = true;
    poller().wake();
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !cut;
  }

  private Poller poller() {
    return Objects.requireNonNull(started, "the model was not started");
  }

  /// The platform thread that waits for all sockets.
  private final class PollerThread implements Runnable, Poller.Ready {
    private final Poller poller = poller();
    private final List<Listener> watched;
    private final List<Listener> paused = new ArrayList<>();
    private final Workspace workspace = new Workspace(context.limits());
    private final RefusedConnections refusals = new RefusedConnections(admission, workspace);
    private final DeadlineScan scan = new DeadlineScan(context.deadlines(), System.nanoTime());
    private boolean draining;

    /// @param listeners that the poller watches already
    PollerThread(List<Listener> listeners) {
      watched = new ArrayList<>(listeners);
    }

    @Override
    public void run() {
      while (!((stopping ? draining : retired) && connections.isEmpty() && refusals.isEmpty())) {
        poller.await(scan.millisUntilNext(System.nanoTime()), this);
        long now = System.nanoTime();
        if (scan.beginIfDue(now)) {
          scanDeadlines(now);
        }
        if (stopping || retired) {
          acceptNoMore();
        }
        if (stopping) {
          drain(now);
        }
      }
      poller.close();
      workspaces.clear();
      ended.countDown();
    }

    @Override
    public void ready(Object key, int what) {
      if (key instanceof Connection connection) {
        connection.signal(what);
      } else if (key instanceof Listener listener
          && !admission.acceptQueued(listener, workspace, this::begin)) {
        poller.forget(listener);
        watched.remove(listener);
        paused.add(listener);
      }
    }

    private void begin(ServerConnection served) {
      Connection connection = new Connection(served);
      if (!poller.watch(served.socket(), connection)) {
        refusals.refuse(served);
        return;
      }
      connections.add(connection);
      try {
        connection.thread.start();
      } catch (OutOfMemoryError noCarrier) {
        // The system's limit on threads or processes, not the heap's: it can be refused.
        connections.remove(connection);
        poller.forget(served.socket());
        refusals.refuse(served);
      }
    }

    private void scanDeadlines(long now) {
      for (Connection connection : connections) {
        if (now - connection.deadline >= 0) {
          connection.signal(CHECK);
        }
      }
      refusals.advance();
      if (!stopping && !retired) {
        paused.removeIf(this::acceptsAgain);
      }
    }

    private boolean acceptsAgain(Listener listener) {
      try {
        poller.watch(listener, listener);
      } catch (IllegalStateException noRoom) {
        // The next scan tries again.
        return false;
      }
      watched.add(listener);
      return true;
    }

    private void acceptNoMore() {
      watched.forEach(poller::forget);
      watched.clear();
    }

    private void drain(long now) {
      if (!draining) {
        draining = true;
        refusals.closeAll();
        connections.forEach(connection -> connection.signal(CHECK));
      }
      if (now - stopBy >= 0) {
        cut |= !connections.isEmpty();
        connections.forEach(connection -> connection.signal(CUT));
      }
    }
  }

  /// A connection and its virtual thread.
  private final class Connection implements Runnable {
    private final Poller poller = poller();
    private final ServerConnection served;
    private final Thread thread = Thread.ofVirtual().name("connection").unstarted(this);
    private final AtomicInteger signals = new AtomicInteger();
    private volatile long deadline;

    Connection(ServerConnection served) {
      this.served = served;
      this.deadline = served.deadline();
    }

    /// Signals it, from any thread.
    void signal(int what) {
      int before = signals.getAndUpdate(signalled -> signalled | what);
      if (before != (before | what)) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Only fairness depends on it, not correctness.
    public void run() {
      try {
        ServerConnection.Outcome outcome = ServerConnection.Outcome.YIELDED;
        while (outcome != ServerConnection.Outcome.FINISHED) {
          if (outcome == ServerConnection.Outcome.WAITING) {
            poller.want(served.socket(), served.interest());
            awaitSignal();
          } else {
            Thread.yield();
          }
          outcome = turn(signals.getAndSet(0));
          deadline = served.deadline();
        }
      } finally {
        poller.forget(served.socket());
        admission.close(served);
        connections.remove(this);
        if (stopping || retired) {
          poller.wake();
        }
      }
    }

    /// A permit may be left over, so the signals decide, not the return from park.
    private void awaitSignal() {
      while (signals.get() == 0) {
        LockSupport.park(this);
      }
    }

    private ServerConnection.Outcome turn(int what) {
      if ((what & CUT) != 0) {
        return ServerConnection.Outcome.FINISHED;
      }
      return admission.turn(served, workspaces.borrow(), what, System.nanoTime());
    }
  }
}
