package io.tercet.http.readiness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/// What the operating system offers: listening sockets, and ways to wait for them.
public interface Network {

  /// Opens `count` listeners on one address, among which the system spreads connections.
  ///
  /// @param backlog connections that wait to be accepted, per listener
  /// @throws AddressInUse when somebody else listens there
  /// @throws IOException with the system's reason when the address cannot be had otherwise
  List<Listener> listen(InetSocketAddress address, int count, int backlog) throws IOException;

  /// A new poller of this kind, to be closed by the caller.
  Poller poller(Kind kind);

  /// A new waiter, to be closed by the caller when nobody waits any more.
  Waiter waiter();

  /// How a poller asks the system.
  enum Kind {
    /// select(2): a set of bits is copied into the kernel and back for each wait; descriptors up to
    /// 1,023.
    SELECT,
    /// poll(2): a list is copied and searched for each wait; any descriptor.
    POLL,
    /// epoll(7): the kernel remembers whom it watches and says who became ready. Such a poller may
    /// be told on any thread what a socket wants, and that it is forgotten.
    EPOLL
  }

  /// Somebody else listens on the address.
  final class AddressInUse extends IOException {
    private static final long serialVersionUID = 1L;

    /// Names the address.
    public AddressInUse(InetSocketAddress address) {
      super(address.getHostString() + ":" + address.getPort() + " is taken");
    }
  }
}
