package io.tercet.gateway.filter.request;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.gateway.limit.ClientNetwork;
import io.tercet.gateway.limit.LimitSettings;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// Counts the bytes of the bodies that the gateway holds: those that have arrived in part, and
/// those that no service has taken yet. Any thread.
@Component
final class ReceivedBodies {

  private static final String RETRY_SECONDS = "5";

  private final long bytesMax;
  private final long bytesPerAddressMax;
  private final AtomicLong bytes = new AtomicLong();
  private final ConcurrentMap<ClientNetwork, Long> byNetwork = new ConcurrentHashMap<>();

  ReceivedBodies(LimitSettings limits, MeterRegistry metrics) {
    this.bytesMax = limits.callsReceived().toBytes();
    this.bytesPerAddressMax = limits.callsReceivedPerAddress().toBytes();
    Gauge.builder("tercet.gateway.bodies", bytes, AtomicLong::get)
        .description("bytes of bodies that arrive, or that no service has taken yet")
        .baseUnit("bytes")
        .register(metrics);
  }

  /// Counts more bytes of a client; the caller gives them back by [#remove], also after a failure.
  ///
  /// - Errors: `too-fast` past the share of an address, `overloaded` past that of all.
  void add(ClientNetwork network, int more) {
    long ofAll = bytes.addAndGet(more);
    long ofNetwork = byNetwork.merge(network, (long) more, Long::sum);
    if (ofNetwork > bytesPerAddressMax) {
      throw new ProblemException(
          ProblemType.TOO_FAST, "Send fewer requests with long bodies at once.", RETRY_SECONDS);
    }
    if (ofAll > bytesMax) {
      throw new ProblemException(
          ProblemType.OVERLOADED, "too many bytes of bodies: " + ofAll, RETRY_SECONDS);
    }
  }

  void remove(ClientNetwork network, int fewer) {
    bytes.addAndGet(-fewer);
    byNetwork.computeIfPresent(network, (_, count) -> count == fewer ? null : count - fewer);
  }
}
