package io.tercet.chat.delivery.outbound;

import java.nio.ByteBuffer;

/// Writes encoded frames to one connection.
///
/// A door implements it with the fastest way that its server has. At most one write is in flight.
public interface OutboundChannel {

  /// Writes one text message and does not block. Other connections share the bytes; nobody may
  /// change them. `written` runs when the next message may be written, on any thread, even before
  /// this returns. After a failure it need not run, and the door closes the connection.
  void write(ByteBuffer message, Runnable written);

  /// Closes the connection; nothing is written after it. A peer that does not read does not see it.
  void close(CloseReason reason);

  /// Ends the connection at once and gives back what is in flight.
  void abort();
}
