package io.tercet.http.concurrency;

import io.tercet.http.connection.Protocol;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Event loops: one thread per listener, each with a poller of its own, each serving the
/// connections that it accepted. What kind of poller is all that the models of this family differ
/// in.
public final class EventLoops implements ConcurrencyModel {
  private final String name;
  private final Protocol protocol;
  private final Supplier<Poller> pollers;
  private final Admission admission;
  private final List<EventLoop> loops = new ArrayList<>();

  /// @param name of the model, after its pollers
  /// @param connectionsMax of all loops together
  public EventLoops(String name, Protocol protocol, Supplier<Poller> pollers, int connectionsMax) {
    this.name = name;
    this.protocol = protocol;
    this.pollers = pollers;
    this.admission = new Admission(protocol, connectionsMax);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start(List<Listener> listeners) {
    for (Listener listener : listeners) {
      EventLoop loop = new EventLoop(listener, pollers.get(), protocol, admission);
      loops.add(loop);
      loop.start(name + "-" + loops.size());
    }
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
