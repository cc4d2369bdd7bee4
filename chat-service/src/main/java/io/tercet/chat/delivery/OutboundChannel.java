package io.tercet.chat.delivery;

import java.nio.ByteBuffer;

/// The one seam that outbound frames cross: encoded bytes to one connection.
///
/// A door implements it on what its server does best. At most one write is in flight.
public interface OutboundChannel {

  /// Writes one text message without waiting. The bytes are shared with other connections and must
  /// not be changed. `written` runs when the next message may come, on any thread, even before this
  /// returns; after a failure it need not run, and the door closes the connection.
  void write(ByteBuffer message, Runnable written);

  /// Closes the connection; nothing is written after it.
  void close(CloseReason reason);
}
