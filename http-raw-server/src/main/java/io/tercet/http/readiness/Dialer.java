package io.tercet.http.readiness;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Opens connections to a server: the other end of what a [Listener] accepts.
public interface Dialer {

  /// Begins to connect, and does not wait. The socket becomes writable once the other side has
  /// answered, and is gone if it refused.
  ///
  /// @throws IOException when there is no descriptor or no port left, or nobody listens there
  Socket dial(InetSocketAddress server) throws IOException;
}
