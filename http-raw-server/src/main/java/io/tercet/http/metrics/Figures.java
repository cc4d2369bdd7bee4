package io.tercet.http.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.http.connection.Observer;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what happens on connections. All meters exist from the start, so that none is looked up
/// later.
public final class Figures implements Observer {
  private static final System.Logger LOG = System.getLogger(Figures.class.getName());

  private final Map<Status, Counter> requests = new EnumMap<>(Status.class);
  private final Map<Rule, Counter> refusals = new EnumMap<>(Rule.class);
  private final AtomicInteger connections;
  private final Counter accepted;
  private final Counter sentBytes;

  /// Registers the meters.
  public Figures(MeterRegistry registry) {
    for (Status status : Status.values()) {
      requests.put(
          status,
          Counter.builder("tercet.http.requests")
              .description("Requests answered, by status")
              .tag("status", Integer.toString(status.code()))
              .register(registry));
    }
    for (Rule rule : Rule.values()) {
      refusals.put(
          rule,
          Counter.builder("tercet.http.refusals")
              .description("Requests refused, by the rule that they broke")
              .tag("rule", rule.name())
              .register(registry));
    }
    connections = new AtomicInteger();
    registry.gauge("tercet.http.connections", connections);
    accepted =
        Counter.builder("tercet.http.connections.accepted")
            .description("Connections accepted")
            .register(registry);
    sentBytes =
        Counter.builder("tercet.http.sent")
            .baseUnit("bytes")
            .description("Bytes that the operating system took for clients")
            .register(registry);
  }

  /// Requests answered since the start.
  public long requestCount() {
    return (long) requests.values().stream().mapToDouble(Counter::count).sum();
  }

  /// Connections open now.
  public int connectionCount() {
    return connections.get();
  }

  @Override
  public void opened() {
    connections.incrementAndGet();
    accepted.increment();
  }

  @Override
  public void closed() {
    connections.decrementAndGet();
  }

  @Override
  public void answered(Status status) {
    Counter counter = requests.get(status);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void refused(Rule rule) {
    Counter counter = refusals.get(rule);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void sent(long bytes) {
    sentBytes.increment((double) bytes);
  }

  @Override
  public void failed(RuntimeException failure) {
    LOG.log(System.Logger.Level.ERROR, "answer request failed", failure);
  }
}
