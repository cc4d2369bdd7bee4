package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.buffer.WorkspacePool;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A virtual thread per connection, written as if it could wait, and none ever waits in a system
/// call.
///
/// A foreign call that waits would hold its carrier, and there are only as many carriers as cores:
/// two silent clients would stop everybody. So a thread whose socket is not ready parks, which
/// gives its carrier back; one platform thread waits in the poller for all of them and unparks
/// whose socket became ready. The same thread accepts, and looks at deadlines.
///
/// Threading: a session is confined to its virtual thread; signals cross by an atomic.
public final class VirtualThreads implements ConcurrencyModel {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS = Set.of();

  /// Beside what a poller reports: the deadline may have passed, or the model stops.
  private static final int LOOK = 8;

  /// The time to finish is over.
  private static final int CUT = 16;

  private final ServerContext protocol;
  private final Network network;
  private final Admission admission;
  private final WorkspacePool workspaces;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Poller started;
  private volatile boolean retired;
  private volatile boolean stopping;
  private volatile long stopBy;
  private volatile boolean cut;

  /// @param capacity of the server
  public VirtualThreads(ServerContext protocol, Network network, Capacity capacity) {
    this.protocol = protocol;
    this.network = network;
    this.admission = new Admission(protocol, capacity);
    this.workspaces = new WorkspacePool(protocol.limits());
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
      Thread.ofPlatform().name("virtual-threads-poller").start(new Watch(listeners));
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      poller.close();
      throw cannot;
    }
  }

  @Override
  public Set<Trait> traits() {
    return TRAITS;
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
    return Started.checked(started);
  }

  /// The platform thread that waits for all.
  private final class Watch implements Runnable, Poller.Ready {
    private final Poller poller = poller();
    private final List<Listener> watched;
    private final List<Listener> paused = new ArrayList<>();
    private final Workspace workspace = new Workspace(protocol.limits());
    private final Refusals refusals = new Refusals(admission, workspace);
    private final Sweep sweep = new Sweep(protocol.deadlines(), System.nanoTime());
    private boolean draining;

    /// @param listeners that the poller watches already
    Watch(List<Listener> listeners) {
      watched = new ArrayList<>(listeners);
    }

    @Override
    public void run() {
      while (!((stopping ? draining : retired) && connections.isEmpty() && refusals.isEmpty())) {
        poller.await(sweep.millisLeft(System.nanoTime()), this);
        long now = System.nanoTime();
        if (sweep.takeDue(now)) {
          sweep(now);
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
          && !admission.accept(listener, workspace, this::begin)) {
        poller.forget(listener);
        watched.remove(listener);
        paused.add(listener);
      }
    }

    private void begin(Session session) {
      Connection connection = new Connection(session);
      if (!poller.watch(session.socket(), connection)) {
        refusals.refuse(session);
        return;
      }
      connections.add(connection);
      try {
        connection.thread.start();
      } catch (OutOfMemoryError noCarrier) {
        // The system's limit on threads or processes, not the heap's: it can be refused.
        connections.remove(connection);
        poller.forget(session.socket());
        refusals.refuse(session);
      }
    }

    private void sweep(long now) {
      for (Connection connection : connections) {
        if (now - connection.deadline >= 0) {
          connection.signal(LOOK);
        }
      }
      refusals.look();
      if (!stopping && !retired) {
        paused.removeIf(this::acceptsAgain);
      }
    }

    private boolean acceptsAgain(Listener listener) {
      try {
        poller.watch(listener, listener);
      } catch (IllegalStateException noRoom) {
        // The next sweep tries again.
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
        refusals.end();
        connections.forEach(connection -> connection.signal(LOOK));
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
    private final Session session;
    private final Thread thread = Thread.ofVirtual().name("connection").unstarted(this);
    private final AtomicInteger signals = new AtomicInteger();
    private volatile long deadline;

    Connection(Session session) {
      this.session = session;
      this.deadline = session.deadline();
    }

    /// Tells it something, from any thread.
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
        Session.Outcome outcome = Session.Outcome.AGAIN;
        while (outcome != Session.Outcome.OVER) {
          if (outcome == Session.Outcome.WAITING) {
            poller.want(session.socket(), session.wants());
            awaitSignal();
          } else {
            Thread.yield();
          }
          outcome = turn(signals.getAndSet(0));
          deadline = session.deadline();
        }
      } finally {
        poller.forget(session.socket());
        admission.end(session);
        connections.remove(this);
        if (stopping || retired) {
          poller.wake();
        }
      }
    }

    /// A permit may be left from before, so the signals decide, not the return from park.
    private void awaitSignal() {
      while (signals.get() == 0) {
        LockSupport.park(this);
      }
    }

    private Session.Outcome turn(int what) {
      if ((what & CUT) != 0) {
        return Session.Outcome.OVER;
      }
      return admission.turn(session, workspaces.borrow(), what, System.nanoTime());
    }
  }
}
