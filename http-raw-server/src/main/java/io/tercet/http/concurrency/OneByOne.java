package io.tercet.http.concurrency;

import io.tercet.http.buffer.Workspace;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One thread, one connection at a time, closed after its response: where everybody starts.
///
/// All others wait in the listener's queue meanwhile, and a client that says nothing holds them up
/// until its deadline. Everything else here is an answer to that.
public final class OneByOne implements ConcurrencyModel, Runnable {
  /// What it does that others do not.
  public static final Set<Trait> TRAITS =
      Set.of(Trait.MAY_STARVE_OTHERS, Trait.ONE_REQUEST_PER_CONNECTION);

  private static final int WAIT_MILLIS_MAX = 10_000;

  /// How long it leaves the listeners alone when there is no descriptor for a connection.
  private static final int PAUSE_MILLIS = 50;

  private final ServerContext protocol;
  private final Network network;
  private final Admission admission;
  private final Thread thread = Thread.ofPlatform().name("one-by-one").unstarted(this);
  private @Nullable Attendance attendance;
  private @Nullable Waiter accepting;
  private @Nullable List<Listener> listeners;
  private volatile boolean retired;

  /// @param capacity of the server
  public OneByOne(ServerContext protocol, Network network, Capacity capacity) {
    this.protocol = protocol.oneRequestPerConnection();
    this.network = network;
    this.admission = new Admission(this.protocol, capacity);
  }

  @Override
  public String name() {
    return "one-by-one";
  }

  @Override
  public Set<Trait> traits() {
    return TRAITS;
  }

  @Override
  public void start(List<Listener> borrowed) {
    try {
      attendance = new Attendance(network, protocol, admission);
      accepting = network.waiter();
      listeners = List.copyOf(borrowed);
      thread.start();
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      Started.close(accepting);
      Started.close(attendance);
      throw cannot;
    }
  }

  @Override
  public void retire() {
    retired = true;
    Started.checked(accepting).release();
  }

  @Override
  public boolean isOver() {
    return !thread.isAlive();
  }

  @Override
  public boolean stop(Duration drain) {
    Attendance serving = Started.checked(attendance);
    serving.stop(System.nanoTime() + drain.toNanos());
    retire();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !serving.hasCut();
  }

  @Override
  public void run() {
    List<Listener> all = Started.checked(listeners);
    Waiter waiter = Started.checked(accepting);
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
    Started.checked(attendance).close();
  }

  /// Serves one connection of this listener, if one is queued; false if it could not be accepted.
  private boolean serveNext(Listener listener, Workspace refusals) {
    try {
      Session session = retired ? null : admission.next(listener, refusals);
      if (session != null) {
        Started.checked(attendance).serve(session);
      }
      return true;
    } catch (Listener.DescriptorsExhausted exhausted) {
      return false;
    }
  }
}
