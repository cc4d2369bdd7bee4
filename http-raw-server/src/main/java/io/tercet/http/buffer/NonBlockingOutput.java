package io.tercet.http.buffer;

import io.tercet.http.message.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Takes output without waiting: the sending half of a socket.
public interface NonBlockingOutput {
  /// Nothing could be taken now; try again when the other side has read.
  int WOULD_BLOCK = -1;

  /// The other side has closed the connection.
  int GONE = -2;

  /// Bytes of a file that are copied at once.
  int COPY_BYTES_MAX = 64 * 1024;

  /// Takes up to `length` bytes and returns how many, or [#WOULD_BLOCK], or [#GONE].
  ///
  /// @param more whether more output follows at once, so that the bytes need not leave alone
  int write(byte[] bytes, int offset, int length, boolean more);

  /// Takes up to `length` bytes of a file and returns how many, or [#WOULD_BLOCK], or [#GONE]. 0
  /// means that the file now ends before `position`. Without a way of its own, the bytes are read
  /// and written, up to 64 KiB.
  ///
  /// @throws UncheckedIOException if the file cannot be read
  default long transfer(OpenFile file, long position, long length) {
    byte[] bytes = new byte[(int) Math.min(length, COPY_BYTES_MAX)];
    try {
      int read = file.read(position, bytes, 0, bytes.length);
      return read <= 0 ? 0 : write(bytes, 0, read, false);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
