package io.tercet.http.posix.socket;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A listening descriptor.
final class PosixListener implements Listener, Descriptor {
  private final int fd;
  private final InetSocketAddress address;
  private volatile boolean refusing;

  PosixListener(int fd, InetSocketAddress address) {
    this.fd = fd;
    this.address = address;
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public @Nullable Socket accept() throws DescriptorsExhausted {
    int accepted;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment peer = SocketAddresses.empty(address, arena);
      accepted = SocketCalls.accept(fd, peer, arena);
      if (accepted >= 0) {
        return PosixSocket.accepted(accepted, peer);
      }
    }
    int errno = -accepted;
    if (Errno.isExhaustion(errno)) {
      throw new DescriptorsExhausted();
    }
    // EINVAL: it does not listen any more. EAGAIN: none queued. Anything else is about a connection
    // that died in the queue.
    refusing |= errno == Errno.EINVAL;
    return null;
  }

  @Override
  public void refuse() {
    SocketCalls.shutdown(fd, SocketCalls.SHUT_RD);
  }

  @Override
  public boolean isRefusing() {
    return refusing;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    Descriptor.close(fd);
  }
}
