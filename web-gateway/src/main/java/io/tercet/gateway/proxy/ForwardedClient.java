package io.tercet.gateway.proxy;

import java.net.InetAddress;
import java.util.Optional;

/// What trusted proxies tell about the client of a request; empty where they tell nothing.
///
/// @param address where it connects from
/// @param scheme `http` or `https`
/// @param host what it wrote as `Host`
record ForwardedClient(
    Optional<InetAddress> address, Optional<String> scheme, Optional<String> host) {

  /// What both tell together; empty if they contradict each other.
  Optional<ForwardedClient> and(ForwardedClient other) {
    boolean agree =
        agree(address, other.address) && agree(scheme, other.scheme) && agree(host, other.host);
    return agree
        ? Optional.of(
            new ForwardedClient(
                address.or(() -> other.address),
                scheme.or(() -> other.scheme),
                host.or(() -> other.host)))
        : Optional.empty();
  }

  private static boolean agree(Optional<?> one, Optional<?> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }
}
