package io.tercet.http.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.tercet.http.connection.Observer;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens on connections. All meters exist from the start, so that none is looked up
/// later.
public final class Figures implements Observer {
  private final Observer failures;
  private final Map<Status, LongAdder> requests = new EnumMap<>(Status.class);
  private final Map<Rule, LongAdder> refusals = new EnumMap<>(Rule.class);
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder accepted;
  private final LongAdder sentBytes;

  /// Registers the meters.
  ///
  /// @param failures is told of failures, which a number cannot explain
  public Figures(MeterRegistry registry, Observer failures) {
    this.failures = failures;
    for (Status status : Status.values()) {
      requests.put(
          status,
          counted(
              registry,
              "tercet.http.requests",
              "Requests answered, by status",
              Tags.of("status", Integer.toString(status.code()))));
    }
    for (Rule rule : Rule.values()) {
      refusals.put(
          rule,
          counted(
              registry,
              "tercet.http.refusals",
              "Requests refused, by the rule that they broke",
              Tags.of("rule", rule.name())));
    }
    registry.gauge("tercet.http.connections", connections);
    accepted =
        counted(registry, "tercet.http.connections.accepted", "Connections accepted", Tags.empty());
    sentBytes = new LongAdder();
    FunctionCounter.builder("tercet.http.sent", sentBytes, LongAdder::sum)
        .baseUnit("bytes")
        .description("Bytes that the operating system took for clients")
        .register(registry);
  }

  private static LongAdder counted(
      MeterRegistry registry, String name, String description, Tags tags) {
    LongAdder count = new LongAdder();
    FunctionCounter.builder(name, count, LongAdder::sum)
        .description(description)
        .tags(tags)
        .register(registry);
    return count;
  }

  /// Requests answered since the start.
  public long requestCount() {
    return requests.values().stream().mapToLong(LongAdder::sum).sum();
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
    LongAdder count = requests.get(status);
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void refused(Rule rule) {
    LongAdder count = refusals.get(rule);
    if (count != null) {
      count.increment();
    }
  }

  @Override
  public void sent(long bytes) {
    sentBytes.add(bytes);
  }

  @Override
  public void failed(Throwable failure) {
    failures.failed(failure);
  }
}
