package io.tercet.files.download;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The bytes of a file while somebody reads them. They stay readable if the file is replaced or
/// deleted meanwhile, and end with an error when the reader loses the right to read them.
///
/// - Ownership: the code that opened it closes it.
/// - Threading: confined.
public final class OpenFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 65_536;

  private final FileChannel channel;
  private final Runnable accessCheck;
  private final Counter bytesOut;

  OpenFile(FileChannel channel, Runnable accessCheck, Counter bytesOut) {
    this.channel = channel;
    this.accessCheck = accessCheck;
    this.bytesOut = bytesOut;
  }

  /// Writes `length` bytes from an offset on, without loading them into memory at once.
  ///
  /// - Errors: `room-not-found` when the reader is no member any more.
  public void copy(long offset, long length, OutputStream out) throws IOException {
    byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
    long end = offset + length;
    for (long at = offset; at < end; ) {
      int n = read(buffer, 0, (int) Math.min(buffer.length, end - at), at);
      if (n < 0) {
        throw new IOException("a blob is shorter than the catalogue says");
      }
      out.write(buffer, 0, n);
      at += n;
    }
  }

  /// The bytes from an offset to the end; closing the stream closes this.
  public InputStream stream(long offset) {
    return new InputStream() {
      private long at = offset;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int from, int length) throws IOException {
        int n = length == 0 ? 0 : OpenFile.this.read(target, from, length, at);
        at += Math.max(0, n);
        return n;
      }

      @Override
      public void close() throws IOException {
        OpenFile.this.close();
      }
    };
  }

  private int read(byte[] target, int from, int length, long at) throws IOException {
    accessCheck.run();
    int n = channel.read(ByteBuffer.wrap(target, from, length), at);
    bytesOut.increment(Math.max(0, n));
    return n;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
