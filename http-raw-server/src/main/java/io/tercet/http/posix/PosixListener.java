package io.tercet.http.posix;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Socket;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A listening descriptor.
final class PosixListener implements Listener, Descriptor {
  private final int fd;
  private final InetSocketAddress address;

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
    int accepted = SocketCalls.accept(fd);
    if (accepted >= 0) {
      return new PosixSocket(accepted);
    }
    int errno = -accepted;
    if (errno == Errno.EMFILE || errno == Errno.ENFILE) {
      throw new DescriptorsExhausted();
    }
    // EAGAIN: none queued. Anything else is about a connection that died in the queue.
    return null;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    SocketCalls.close(fd);
  }
}
