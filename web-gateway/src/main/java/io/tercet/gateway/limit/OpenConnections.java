package io.tercet.gateway.limit;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Counts the open connections of all clients and of each network, and says which ones are too
/// many.
///
/// For any thread.
final class OpenConnections {

  private final int max;
  private final int perNetworkMax;
  private final AtomicInteger all = new AtomicInteger();
  private final ConcurrentHashMap<ClientNetwork, Integer> networks = new ConcurrentHashMap<>();

  OpenConnections(int max, int perNetworkMax) {
    this.max = max;
    this.perNetworkMax = perNetworkMax;
  }

  /// Takes a place for a connection. A connection that gets none is to be closed, and does not use
  /// a place.
  ///
  /// @param client the address that it comes from; without one, only the sum is bounded
  Optional<Place> open(@Nullable InetAddress client) {
    if (all.incrementAndGet() > max) {
      all.decrementAndGet();
      return Optional.empty();
    }
    var network = client == null ? null : ClientNetwork.of(client);
    if (network != null && networks.merge(network, 1, Integer::sum) > perNetworkMax) {
      leave(network);
      all.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(new Place(network));
  }

  int size() {
    return all.get();
  }

  private void leave(ClientNetwork network) {
    networks.computeIfPresent(network, (_, count) -> count == 1 ? null : count - 1);
  }

  /// The place of one open connection.
  final class Place {

    private final @Nullable ClientNetwork network;

    private Place(@Nullable ClientNetwork network) {
      this.network = network;
    }

    /// Gives the place back; to be called once.
    void close() {
      if (network != null) {
        leave(network);
      }
      all.decrementAndGet();
    }
  }
}
