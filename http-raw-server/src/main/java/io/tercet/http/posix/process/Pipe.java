package io.tercet.http.posix.process;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// The ends of a pipe as streams. Each is confined to one thread, but any thread may close it.
final class Pipe {
  private Pipe() {}

  /// What is read from a descriptor, which the stream owns.
  static final class Source extends InputStream {
    private final int fd;
    private boolean closed;

    Source(int fd) {
      this.fd = fd;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = ProcessCalls.read(fd, into, offset, length);
      while (count == -Errno.EINTR) {
        count = ProcessCalls.read(fd, into, offset, length);
      }
      if (count < 0) {
        throw new IOException("pipe: " + Errno.describe(-count));
      }
      return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        Descriptor.close(fd);
      }
    }
  }

  /// What is written to a descriptor, which the stream owns.
  static final class Sink extends OutputStream {
    private final int fd;
    private boolean closed;

    Sink(int fd) {
      this.fd = fd;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    /// Closed, or the other end is: both are errors of the pipe.
    @Override
    public synchronized void write(byte[] from, int offset, int length) throws IOException {
      int at = offset;
      while (at < offset + length) {
        int count = closed ? -Errno.EPIPE : ProcessCalls.write(fd, from, at, offset + length - at);
        if (count < 0 && count != -Errno.EINTR) {
          throw new IOException("pipe: " + Errno.describe(-count));
        }
        at += Math.max(0, count);
      }
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        Descriptor.close(fd);
      }
    }
  }
}
