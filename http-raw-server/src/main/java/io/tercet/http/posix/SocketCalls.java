package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The calls on sockets. Each returns what the C function returns, or the errno negated.
///
/// All descriptors are non-blocking, so none of these waits.
final class SocketCalls {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SHUT_WR = 1;

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_MORE = 0x8000;

  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final FunctionDescriptor OPTION =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

  private static final MethodHandle SOCKET =
      Libc.capturing("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SETSOCKOPT = Libc.capturing("setsockopt", OPTION);
  private static final MethodHandle BIND =
      Libc.capturing("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CONNECT =
      Libc.capturing("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle LISTEN = Libc.capturing("listen", Libc.INT_OF_INTS);
  private static final MethodHandle GETSOCKNAME =
      Libc.capturing("getsockname", Libc.INT_OF_ADDRESS);
  private static final FunctionDescriptor ACCEPT =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle ACCEPT4 = Libc.plain("accept4", ACCEPT);
  private static final MethodHandle ACCEPT4_ERRNO = Libc.capturing("accept4", ACCEPT);
  private static final MethodHandle RECV = Libc.critical("recv", TRANSFER);
  private static final MethodHandle RECV_ERRNO = Libc.criticalCapturing("recv", TRANSFER);
  private static final MethodHandle SEND = Libc.critical("send", TRANSFER);
  private static final MethodHandle SEND_ERRNO = Libc.criticalCapturing("send", TRANSFER);
  private static final MethodHandle SHUTDOWN = Libc.plain("shutdown", Libc.INT_OF_INTS);
  private static final MethodHandle CLOSE = Libc.plain("close", Libc.INT_OF_INT);

  private SocketCalls() {}

  /// `int socket(int domain, int type, int protocol)`, a non-blocking TCP socket: socket(2).
  static int socket(int family) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int fd =
          (int) SOCKET.invokeExact(state, family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      return fd >= 0 ? fd : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int setsockopt(int, int level, int name, const void *value, socklen_t)` with an `int`:
  /// setsockopt(2).
  static int setOption(int fd, int level, int name, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment number = arena.allocateFrom(JAVA_INT, value);
      int result = (int) SETSOCKOPT.invokeExact(state, fd, level, name, number, 4);
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int bind(int, const struct sockaddr *, socklen_t)`: bind(2).
  static int bind(int fd, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int result = (int) BIND.invokeExact(state, fd, address, (int) address.byteSize());
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int connect(int, const struct sockaddr *, socklen_t)`: connect(2).
  static int connect(int fd, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int result = (int) CONNECT.invokeExact(state, fd, address, (int) address.byteSize());
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int listen(int, int backlog)`: listen(2).
  static int listen(int fd, int backlog) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      int result = (int) LISTEN.invokeExact(state, fd, backlog);
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int getsockname(int, struct sockaddr *, socklen_t *)`: getsockname(2).
  static int localAddress(int fd, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
      int result = (int) GETSOCKNAME.invokeExact(state, fd, address, length);
      return result == 0 ? 0 : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int accept4(int, struct sockaddr *, socklen_t *, int flags)`; the address is written to
  /// `peer`: accept4(2).
  static int accept(int fd, MemorySegment peer, Arena arena) {
    MemorySegment length = arena.allocateFrom(JAVA_INT, (int) peer.byteSize());
    int flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
    try {
      int accepted = (int) ACCEPT4.invokeExact(fd, peer, length, flags);
      if (accepted >= 0) {
        return accepted;
      }
      MemorySegment state = Libc.state(arena);
      accepted = (int) ACCEPT4_ERRNO.invokeExact(state, fd, peer, length, flags);
      return accepted >= 0 ? accepted : -Libc.errno(state);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `ssize_t recv(int, void *, size_t, int flags)`: recv(2).
  static int receive(int fd, byte[] into, int offset, int length) {
    MemorySegment buffer = MemorySegment.ofArray(into).asSlice(offset, length);
    try {
      long count = (long) RECV.invokeExact(fd, buffer, (long) length, 0);
      return count >= 0 ? (int) count : receiveAgain(fd, buffer);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  private static int receiveAgain(int fd, MemorySegment buffer) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      long count = (long) RECV_ERRNO.invokeExact(state, fd, buffer, buffer.byteSize(), 0);
      return count >= 0 ? (int) count : -Libc.errno(state);
    }
  }

  /// `ssize_t send(int, const void *, size_t, int flags)`; a broken connection raises no signal:
  /// send(2).
  static int send(int fd, byte[] from, int offset, int length, boolean more) {
    MemorySegment buffer = MemorySegment.ofArray(from).asSlice(offset, length);
    int flags = more ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL;
    try {
      long count = (long) SEND.invokeExact(fd, buffer, (long) length, flags);
      return count >= 0 ? (int) count : sendAgain(fd, buffer, flags);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  private static int sendAgain(int fd, MemorySegment buffer, int flags) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      long count = (long) SEND_ERRNO.invokeExact(state, fd, buffer, buffer.byteSize(), flags);
      return count >= 0 ? (int) count : -Libc.errno(state);
    }
  }

  /// `int shutdown(int, int how)`: shutdown(2). It fails only if the other side is gone already.
  static void shutdown(int fd, int how) {
    try {
      int ignored = (int) SHUTDOWN.invokeExact(fd, how);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// `int close(int)`: close(2). Never repeated: the descriptor is gone whatever it returns.
  static void close(int fd) {
    try {
      int ignored = (int) CLOSE.invokeExact(fd);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }
}
