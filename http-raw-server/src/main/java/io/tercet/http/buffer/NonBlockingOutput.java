package io.tercet.http.buffer;

import io.tercet.http.message.OpenFile;

/// Takes output without waiting: the sending half of a socket.
public interface NonBlockingOutput {
  /// Nothing could be taken now; try again when the other side has read.
  int WOULD_BLOCK = -1;

  /// The other side has closed the connection.
  int GONE = -2;

  /// Takes up to `length` bytes and returns how many, or [#WOULD_BLOCK], or [#GONE].
  ///
  /// @param more whether more output follows at once, so that the bytes need not leave alone
  int write(byte[] bytes, int offset, int length, boolean more);

  /// Takes up to `length` bytes of a file and returns how many, or [#WOULD_BLOCK], or [#GONE]. 0
  /// means that the file now ends before `position`.
  long transfer(OpenFile file, long position, long length);
}
