package io.tercet.http.concurrency.thread;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.ServerConnection;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thread, one connection at a time, closed after its response: an iterative server.
///
/// All other connections wait in the listener's queue meanwhile, and a silent client keeps them
/// there until its deadline. Every other model is an answer to that.
public final class OneByOne implements ConcurrencyModel, Runnable {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS =
      Set.of(Trait.MAY_STARVE_OTHERS, Trait.ONE_REQUEST_PER_CONNECTION);

  private static final int WAIT_MILLIS_MAX = 10_000;

  /// How long it leaves the listeners alone when the system has no descriptor for a connection.
  private static final int PAUSE_MILLIS = 50;

  private final ServerContext protocol;
  private final Network network;
  private final AdmissionControl admission;
  private final Thread thread = Thread.ofPlatform().name("one-by-one").unstarted(this);
  private @Nullable BlockingServe blocking;
  private @Nullable Waiter accepting;
  private @Nullable List<Listener> listeners;
  private volatile boolean retired;

  /// @param capacity of the server
  public OneByOne(ServerContext protocol, Network network, Capacity capacity) {
    this.protocol = protocol.oneRequestPerConnection();
    this.network = network;
    this.admission = new AdmissionControl(this.protocol, capacity);
  }

  @Override
  public String name() {
    return "one-by-one";
  }

  @Override
  public void start(List<Listener> borrowed) {
    try {
      blocking = new BlockingServe(network, protocol, admission);
      accepting = network.waiter();
      listeners = List.copyOf(borrowed);
      thread.start();
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      Lifecycle.closeAfterFailure(accepting);
      Lifecycle.closeAfterFailure(blocking);
      throw cannot;
    }
  }

  @Override
  public void retire() {
    retired = true;
    Lifecycle.started(accepting).release();
  }

  @Override
  public boolean isOver() {
    return !thread.isAlive();
  }

  @Override
  public boolean stop(Duration drain) {
    BlockingServe serving = Lifecycle.started(blocking);
    serving.stop(System.nanoTime() + drain.toNanos());
    retire();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !serving.hasCutOff();
  }

  @Override
  public void run() {
    List<Listener> all = Lifecycle.started(listeners);
    Waiter waiter = Lifecycle.started(accepting);
    Workspace refusals = new Workspace(protocol.limits());
    boolean paused = false;
    while (!retired) {
      waiter.await(paused ? List.of() : all, paused ? PAUSE_MILLIS : WAIT_MILLIS_MAX);
      paused = false;
      for (Listener listener : all) {
        paused |= !serveNext(listener, refusals);
      }
    }
    waiter.close();
    Lifecycle.started(blocking).close();
  }

  /// Serves one connection of this listener, if one is queued; false if it could not be accepted.
  private boolean serveNext(Listener listener, Workspace refusals) {
    try {
      ServerConnection connection = retired ? null : admission.acceptOne(listener, refusals);
      if (connection != null) {
        Lifecycle.started(blocking).serve(connection);
      }
      return true;
    } catch (Listener.DescriptorsExhausted exhausted) {
      return false;
    }
  }
}
