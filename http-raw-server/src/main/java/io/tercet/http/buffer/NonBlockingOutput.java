package io.tercet.http.buffer;

import io.tercet.http.message.OpenFile;

/// Where output goes, if it goes at once.
public interface NonBlockingOutput {
  /// Nothing could be taken now; try again when the other side has read.
  int WOULD_BLOCK = -1;

  /// The other side is gone.
  int GONE = -2;

  /// Takes up to `length` bytes and returns how many, or [#WOULD_BLOCK], or [#GONE].
  ///
  /// @param more whether more output follows at once, so that it need not go out alone
  int write(byte[] bytes, int offset, int length, boolean more);

  /// Takes up to `length` bytes of a file and returns how many, or [#WOULD_BLOCK], or [#GONE]; 0
  /// means that the file ends before `position` now.
  long transfer(OpenFile file, long position, long length);
}
