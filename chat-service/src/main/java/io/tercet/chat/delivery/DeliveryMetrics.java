package io.tercet.chat.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// Counts committed entries, entries sent to connections, and open connections.
@Component
class DeliveryMetrics {

  private final Counter sent;
  private final Counter delivered;
  private final AtomicInteger sockets;

  DeliveryMetrics(MeterRegistry registry) {
    this.sent =
        Counter.builder("tercet.messages.sent")
            .description("Entries that were committed to the log of a room")
            .register(registry);
    this.delivered =
        Counter.builder("tercet.messages.delivered")
            .description("Entries that were handed to a connection")
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

  void sockets(int open) {
    sockets.set(open);
  }
}
