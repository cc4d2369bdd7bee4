package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.CloseReason;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Closes every connection with `DRAINING` when the service stops, before anything else stops. So
/// clients reconnect by themselves and do not see a broken connection.
@Component
class ConnectionDrainer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ConnectionDrainer.class);
  private static final Duration POLL_PERIOD = Duration.ofMillis(20);

  private final Connections connections;
  private final DeliverySettings settings;
  private volatile boolean running;

  ConnectionDrainer(Connections connections, DeliverySettings settings) {
    this.connections = connections;
    this.settings = settings;
  }

  @Override
  public void start() {
    connections.accept(true);
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    connections.accept(false);
    int open = connections.count();
    connections.forEach(connection -> connection.close(CloseReason.DRAINING));
    long deadline = System.nanoTime() + settings.drainMax().toNanos();
    try {
      while (connections.count() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(POLL_PERIOD);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.info("connections drained: open={} left={}", open, connections.count());
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /// Starts last and stops first.
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
