package io.tercet.http.posix.socket;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.readiness.Dialer;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/// Connects non-blocking sockets: connect(2).
public final class PosixDialer implements Dialer {
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;

  @Override
  public Socket dial(InetSocketAddress server) throws IOException {
    int fd = SocketCalls.socket(SocketAddresses.family(server));
    if (fd < 0) {
      throw new IOException("no socket: " + Errno.describe(-fd));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = SocketAddresses.encode(server, arena);
      SocketCalls.setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
      int result = SocketCalls.connect(fd, address);
      if (result < 0 && -result != Errno.EINPROGRESS) {
        Descriptor.close(fd);
        throw new IOException("cannot connect to " + server + ": " + Errno.describe(-result));
      }
      return PosixSocket.dialled(fd, address);
    }
  }
}
