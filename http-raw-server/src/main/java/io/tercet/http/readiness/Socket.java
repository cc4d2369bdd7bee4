package io.tercet.http.readiness;

import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.client.PeerAddress;

/// One accepted connection. No call blocks. Used by one thread at a time, and not after [#close()].
public interface Socket extends NonBlockingOutput, PeerAddress, Pollable, AutoCloseable {

  /// Reads up to `length` bytes and returns how many; 0 if the peer has ended its output,
  /// [#WOULD_BLOCK] if nothing is there yet, [#GONE] if the connection is broken.
  int receive(byte[] into, int offset, int length);

  /// Sends FIN after what was written. Receiving still works.
  void endOutput();

  @Override
  void close();
}
