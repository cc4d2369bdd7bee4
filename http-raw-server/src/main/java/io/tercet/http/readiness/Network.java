package io.tercet.http.readiness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// What the operating system offers: listening sockets and pollers.
public interface Network {

  /// Opens `count` listeners on one address, among which the system spreads connections.
  ///
  /// @param backlog connections that wait to be accepted, per listener
  /// @throws AddressInUse when somebody else listens there
  /// @throws IOException with the system's reason when the address cannot be had otherwise
  List<Listener> listen(InetSocketAddress address, int count, int backlog) throws IOException;

  /// A new poller, to be closed by the caller.
  Poller poller();

  /// Somebody else listens on the address.
  final class AddressInUse extends IOException {
    private static final long serialVersionUID = 1L;

    /// Names the address.
    public AddressInUse(InetSocketAddress address) {
      super(address.getHostString() + ":" + address.getPort() + " is taken");
    }
  }
}
