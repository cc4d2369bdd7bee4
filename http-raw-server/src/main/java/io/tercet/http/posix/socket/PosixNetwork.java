package io.tercet.http.posix.socket;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.posix.poll.EpollPoller;
import io.tercet.http.posix.poll.PollPoller;
import io.tercet.http.posix.poll.PosixWaiter;
import io.tercet.http.posix.poll.SelectPoller;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Waiter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/// Listeners and pollers of Linux.
public final class PosixNetwork implements Network {
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEADDR = 2;
  private static final int SO_REUSEPORT = 15;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_NODELAY = 1;
  private static final int TCP_DEFER_ACCEPT = 9;

  /// How long the kernel holds back a connection whose client is silent: tcp(7). So most
  /// connections are accepted together with their first request, and silent ones cost little.
  private static final int SILENT_SECONDS = 1;

  @Override
  public List<Listener> listen(InetSocketAddress address, int count, int backlog)
      throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("no address is known for " + address.getHostString());
    }
    if (address.getPort() != 0) {
      // SO_REUSEPORT would let a second server of the same user share the port unnoticed.
      Descriptor.close(bound(address, false));
    }
    List<Listener> listeners = new ArrayList<>(count);
    InetSocketAddress actual = address;
    try {
      for (int i = 0; i < count; i++) {
        PosixListener listener = listener(actual, backlog);
        listeners.add(listener);
        actual = listener.address();
      }
    } catch (IOException failure) {
      listeners.forEach(Listener::close);
      throw failure;
    }
    return List.copyOf(listeners);
  }

  @Override
  public Poller poller(Kind kind) {
    return switch (kind) {
      case SELECT -> new SelectPoller();
      case POLL -> new PollPoller();
      case EPOLL -> new EpollPoller();
    };
  }

  @Override
  public Waiter waiter() {
    return new PosixWaiter();
  }

  /// A listener that this process got from the one that started it.
  public static Listener inherited(int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      InetSocketAddress any = new InetSocketAddress("::", 0);
      MemorySegment local = SocketAddresses.empty(any, arena);
      check(SocketCalls.localAddress(fd, local), fd, any);
      return new PosixListener(fd, SocketAddresses.decode(local));
    }
  }

  private static PosixListener listener(InetSocketAddress address, int backlog) throws IOException {
    int fd = bound(address, true);
    try (Arena arena = Arena.ofConfined()) {
      // Accepted sockets inherit it: that saves a call per connection.
      SocketCalls.setOption(fd, IPPROTO_TCP, TCP_NODELAY, 1);
      SocketCalls.setOption(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, SILENT_SECONDS);
      check(SocketCalls.listen(fd, backlog), fd, address);
      MemorySegment local = SocketAddresses.empty(address, arena);
      check(SocketCalls.localAddress(fd, local), fd, address);
      return new PosixListener(fd, SocketAddresses.decode(local));
    }
  }

  private static int bound(InetSocketAddress address, boolean shared) throws IOException {
    int fd = SocketCalls.socket(SocketAddresses.family(address));
    if (fd < 0) {
      throw new IOException("no socket: " + Errno.describe(-fd));
    }
    try (Arena arena = Arena.ofConfined()) {
      check(SocketCalls.setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1), fd, address);
      if (shared) {
        check(SocketCalls.setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1), fd, address);
      }
      check(SocketCalls.bind(fd, SocketAddresses.encode(address, arena)), fd, address);
    }
    return fd;
  }

  private static void check(int result, int fd, InetSocketAddress address) throws IOException {
    if (result >= 0) {
      return;
    }
    Descriptor.close(fd);
    if (-result == Errno.EADDRINUSE) {
      throw new AddressInUse(address);
    }
    throw new IOException(
        "cannot listen on %s:%d: %s"
            .formatted(address.getHostString(), address.getPort(), Errno.describe(-result)));
  }
}
