package io.tercet.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/// Counts committed entries, entries sent to connections, open connections, and what slow ones
/// cost.
@Component
class DeliveryMetrics {

  private final MeterRegistry registry;
  private final Counter sent;
  private final Counter delivered;
  private final Counter behind;
  private final Counter slow;
  private final AtomicInteger sockets;

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.sent =
        Counter.builder("tercet.messages.sent")
            .description("Entries that were committed to the log of a room")
            .register(registry);
    this.delivered =
        Counter.builder("tercet.messages.delivered")
            .description("Entries that were handed to a connection")
            .register(registry);
    this.behind =
        Counter.builder("tercet.subscriptions.behind")
            .description("Subscriptions that ended because their connection did not keep up")
            .register(registry);
    this.slow =
        Counter.builder("tercet.sockets.slow")
            .description("Connections that were ended because they did not read")
            .register(registry);
    this.sockets = new AtomicInteger();
    registry.gauge("tercet.sockets", sockets);
  }

  void sent(int entries) {
    sent.increment(entries);
  }

  void delivered(long entries) {
    delivered.increment((double) entries);
  }

  void fellBehind() {
    behind.increment();
  }

  void endedSlow() {
    slow.increment();
  }

  void sockets(int open) {
    sockets.set(open);
  }

  void watchUnsent(Supplier<Number> bytes) {
    Gauge.builder("tercet.unsent.bytes", bytes)
        .description("Bytes that wait to be sent to all connections")
        .register(registry);
  }
}
