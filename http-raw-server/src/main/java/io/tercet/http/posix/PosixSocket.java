package io.tercet.http.posix;

import io.tercet.http.message.OpenFile;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;

/// An accepted connection: a non-blocking descriptor.
final class PosixSocket implements Socket, Descriptor {
  private static final int COPY_BYTES_MAX = 64 * 1024;

  private final int fd;

  PosixSocket(int fd) {
    this.fd = fd;
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public int receive(byte[] into, int offset, int length) {
    int count = SocketCalls.receive(fd, into, offset, length);
    return count >= 0 ? count : failure(count);
  }

  @Override
  public int write(byte[] bytes, int offset, int length, boolean more) {
    int count = SocketCalls.send(fd, bytes, offset, length, more);
    return count >= 0 ? count : failure(count);
  }

  @Override
  public long transfer(OpenFile file, long position, long length) {
    if (file.source() instanceof PosixFile posix) {
      long count = FileCalls.sendFile(fd, posix.fd(), position, length);
      return count >= 0 ? count : failure((int) count);
    }
    return copy(file, position, (int) Math.min(length, COPY_BYTES_MAX));
  }

  private long copy(OpenFile file, long position, int length) {
    byte[] bytes = new byte[length];
    try {
      int read = file.read(position, bytes, 0, length);
      return read <= 0 ? 0 : write(bytes, 0, read, false);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void endOutput() {
    SocketCalls.shutdown(fd, SocketCalls.SHUT_WR);
  }

  @Override
  public void close() {
    SocketCalls.close(fd);
  }

  private static int failure(int negativeErrno) {
    return -negativeErrno == Errno.EAGAIN || -negativeErrno == Errno.EINTR ? WOULD_BLOCK : GONE;
  }
}
