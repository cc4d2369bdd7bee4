package io.tercet.http.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tercet.http.connection.Observer;
import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens on the connections of one server, and passes it on.
///
/// Threading: shared by all threads that serve; nothing waits.
public final class ServerMetrics implements Observer, MeterBinder {
  private final Observer next;
  private final Map<Status, LongAdder> requests = new EnumMap<>(Status.class);
  private final Map<Rule, LongAdder> refusals = new EnumMap<>(Rule.class);
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder sentBytes = new LongAdder();

  /// @param next hears everything too
  public ServerMetrics(Observer next) {
    this.next = next;
    // All counters exist from the start, so that the maps are only read later.
    for (Status status : Status.values()) {
      requests.put(status, new LongAdder());
    }
    for (Rule rule : Rule.values()) {
      refusals.put(rule, new LongAdder());
    }
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    requests.forEach((status, count) ->
        bind(
            registry,
            count,
            "tercet.http.requests",
            "Requests answered, by status",
            Tags.of("status", Integer.toString(status.code()))));
    refusals.forEach((rule, count) ->
        bind(
            registry,
            count,
            "tercet.http.refusals",
            "Requests refused, by the rule that they broke",
            Tags.of("rule", rule.name())));
    registry.gauge("tercet.http.connections", connections);
    bind(
        registry,
        accepted,
        "tercet.http.connections.accepted",
        "Connections accepted",
        Tags.empty());
    FunctionCounter.builder("tercet.http.sent", sentBytes, LongAdder::sum)
        .baseUnit("bytes")
        .description("Bytes that the operating system took for clients")
        .register(registry);
  }

  private static void bind(
      MeterRegistry registry, LongAdder count, String name, String description, Tags tags) {
    FunctionCounter.builder(name, count, LongAdder::sum)
        .description(description)
        .tags(tags)
        .register(registry);
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
    next.opened();
  }

  @Override
  public void closed() {
    connections.decrementAndGet();
    next.closed();
  }

  @Override
  public void answered(Status status) {
    Objects.requireNonNull(requests.get(status)).increment();
    next.answered(status);
  }

  @Override
  public void refused(Rule rule) {
    Objects.requireNonNull(refusals.get(rule)).increment();
    next.refused(rule);
  }

  @Override
  public void sent(long bytes) {
    sentBytes.add(bytes);
    next.sent(bytes);
  }

  @Override
  public void failed(Throwable failure) {
    next.failed(failure);
  }
}
