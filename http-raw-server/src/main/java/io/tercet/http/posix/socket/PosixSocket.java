package io.tercet.http.posix.socket;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.IpAddress;
import io.tercet.http.message.OpenFile;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.DiskThreads;
import io.tercet.http.posix.Errno;
import io.tercet.http.readiness.Socket;
import java.lang.foreign.MemorySegment;

/// An accepted connection: a non-blocking descriptor.
final class PosixSocket implements Socket, Descriptor {
  private final int fd;

  /// The peer's address and port, as numbers: for most connections nobody asks for them.
  private final long high;

  private final long low;
  private final int port;

  private PosixSocket(int fd, long high, long low, int port) {
    this.fd = fd;
    this.high = high;
    this.low = low;
    this.port = port;
  }

  /// A connection from the peer whose address accept4(2) wrote.
  static PosixSocket accepted(int fd, MemorySegment peer) {
    return new PosixSocket(
        fd, SocketAddresses.high(peer), SocketAddresses.low(peer), SocketAddresses.port(peer));
  }

  @Override
  public Endpoint peer() {
    return new Endpoint(new IpAddress(high, low), port);
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
    if (file.source() instanceof Descriptor source) {
      long count = DiskThreads.call(() -> SocketCalls.sendFile(fd, source.fd(), position, length));
      return count >= 0 ? count : failure((int) count);
    }
    return Socket.super.transfer(file, position, length);
  }

  @Override
  public void endOutput() {
    SocketCalls.shutdown(fd, SocketCalls.SHUT_WR);
  }

  @Override
  public void close() {
    Descriptor.close(fd);
  }

  private static int failure(int negativeErrno) {
    return -negativeErrno == Errno.EAGAIN || -negativeErrno == Errno.EINTR ? WOULD_BLOCK : GONE;
  }
}
