package io.tercet.http.concurrency.loop;

import io.tercet.http.concurrency.AdmissionControl;
import io.tercet.http.concurrency.Capacity;
import io.tercet.http.concurrency.ConcurrencyModel;
import io.tercet.http.concurrency.Trait;
import io.tercet.http.connection.ServerContext;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/// Event loops: one thread per listener, with a poller of its own, serves the connections that it
/// accepted. The models of this family differ only in the kind of poller.
public final class EventLoops implements ConcurrencyModel {
  private final String name;
  private final ServerContext context;
  private final Supplier<Poller> pollers;
  private final AdmissionControl admission;
  private final List<EventLoop> loops = new ArrayList<>();

  /// Event loops over pollers of this kind; the kind is the model's name.
  ///
  /// @param capacity of the server
  public EventLoops(Network.Kind kind, ServerContext context, Network network, Capacity capacity) {
    this.name = kind.name().toLowerCase(Locale.ROOT);
    this.context = context;
    this.pollers = () -> network.poller(kind);
    this.admission = new AdmissionControl(context, capacity);
  }

  /// What event loops over pollers of this kind do that others do not.
  public static Set<Trait> traits(Network.Kind kind) {
    return kind == Network.Kind.SELECT ? Set.of(Trait.DESCRIPTORS_TO_1024) : Set.of();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(List<Listener> listeners) {
    try {
      for (Listener listener : listeners) {
        loops.add(new EventLoop(listener, pollers.get(), context, admission));
      }
      for (EventLoop loop : loops) {
        loop.watch();
      }
      int number = 0;
      for (EventLoop loop : loops) {
        loop.start(name + "-" + ++number);
      }
    } catch (IllegalStateException | OutOfMemoryError cannot) {
      loops.forEach(EventLoop::discard);
      loops.clear();
      throw cannot;
    }
  }

  @Override
  public void retire() {
    loops.forEach(EventLoop::retire);
  }

  @Override
  public boolean isOver() {
    return loops.stream().allMatch(EventLoop::isOver);
  }

  @Override
  public boolean stop(Duration drain) {
    long until = System.nanoTime() + drain.toNanos();
    admission.stop();
    loops.forEach(loop -> loop.stop(until));
    boolean all = true;
    for (EventLoop loop : loops) {
      all &= loop.join();
    }
    return all;
  }
}
