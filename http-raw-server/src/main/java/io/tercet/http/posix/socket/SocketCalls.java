package io.tercet.http.posix.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/// The calls on sockets. Each returns what the C function returns, or the errno negated.
///
/// All sockets are non-blocking, so none of these waits for a peer.
final class SocketCalls {
  static final int AF_INET = 2;
  static final int AF_INET6 = 10;
  static final int SHUT_RD = 0;
  static final int SHUT_WR = 1;

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_NONBLOCK = 0x800;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_MORE = 0x8000;

  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final CFunction SOCKET = Libc.function("socket");
  private static final CFunction SETSOCKOPT = Libc.function("setsockopt");
  private static final CFunction BIND = Libc.function("bind");
  private static final CFunction LISTEN = Libc.function("listen");
  private static final CFunction GETSOCKNAME = Libc.function("getsockname");
  private static final CFunction ACCEPT4 = Libc.function("accept4");
  private static final CFunction SHUTDOWN = Libc.function("shutdown");
  private static final CFunction SENDFILE = Libc.function("sendfile");
  private static final MethodHandle RECV = Libc.critical("recv", TRANSFER);
  private static final MethodHandle SEND = Libc.critical("send", TRANSFER);

  /// Linked when a call failed for the first time, so that a start need not wait for it.
  private static final class Errors {
    static final MethodHandle RECV = Libc.criticalCapturing("recv", TRANSFER);
    static final MethodHandle SEND = Libc.criticalCapturing("send", TRANSFER);
  }

  private SocketCalls() {}

  /// `int socket(int domain, int type, int protocol)`, a non-blocking TCP socket: socket(2).
  static int socket(int family) {
    return SOCKET.callChecked(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  }

  /// `int setsockopt(int, int level, int name, const void *value, socklen_t)` with an `int`:
  /// setsockopt(2).
  static int setOption(int fd, int level, int name, int value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(JAVA_INT, value);
      return SETSOCKOPT.callChecked(fd, level, name, number.address(), number.byteSize());
    }
  }

  /// `int bind(int, const struct sockaddr *, socklen_t)`: bind(2).
  static int bind(int fd, MemorySegment address) {
    return BIND.callChecked(fd, address.address(), address.byteSize());
  }

  /// `int listen(int, int backlog)`: listen(2).
  static int listen(int fd, int backlog) {
    return LISTEN.callChecked(fd, backlog);
  }

  /// `int getsockname(int, struct sockaddr *, socklen_t *)`: getsockname(2).
  static int localAddress(int fd, MemorySegment address) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment length = arena.allocateFrom(JAVA_INT, (int) address.byteSize());
      return GETSOCKNAME.callChecked(fd, address.address(), length.address());
    }
  }

  /// `int accept4(int, struct sockaddr *, socklen_t *, int flags)`; the address is written to
  /// `peer`: accept4(2).
  static int accept(int fd, MemorySegment peer, Arena arena) {
    MemorySegment length = arena.allocateFrom(JAVA_INT, (int) peer.byteSize());
    int flags = SOCK_NONBLOCK | SOCK_CLOEXEC;
    return ACCEPT4.callChecked(arena, fd, peer.address(), length.address(), flags);
  }

  /// `ssize_t recv(int, void *, size_t, int flags)`: recv(2).
  static int receive(int fd, byte[] into, int offset, int length) {
    MemorySegment buffer = from(into, offset, length);
    try {
      long count = (long) RECV.invokeExact(fd, buffer, (long) length, 0);
      return count >= 0 ? (int) count : receiveAgain(fd, buffer, length);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  private static int receiveAgain(int fd, MemorySegment buffer, long length) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      long count = (long) Errors.RECV.invokeExact(state, fd, buffer, length, 0);
      return count >= 0 ? (int) count : -Libc.errno(state);
    }
  }

  /// `ssize_t send(int, const void *, size_t, int flags)`; a broken connection raises no signal:
  /// send(2).
  static int send(int fd, byte[] from, int offset, int length, boolean more) {
    MemorySegment buffer = from(from, offset, length);
    int flags = more ? MSG_NOSIGNAL | MSG_MORE : MSG_NOSIGNAL;
    try {
      long count = (long) SEND.invokeExact(fd, buffer, (long) length, flags);
      return count >= 0 ? (int) count : sendAgain(fd, buffer, length, flags);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  private static int sendAgain(int fd, MemorySegment buffer, long length, int flags)
      throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Libc.state(arena);
      long count = (long) Errors.SEND.invokeExact(state, fd, buffer, length, flags);
      return count >= 0 ? (int) count : -Libc.errno(state);
    }
  }

  /// The array from here on; most buffers are used from their start, and need no second object.
  private static MemorySegment from(byte[] array, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, array.length);
    MemorySegment whole = MemorySegment.ofArray(array);
    return offset == 0 ? whole : whole.asSlice(offset);
  }

  /// `int shutdown(int, int how)`: shutdown(2). It fails only if the other side is gone already. A
  /// listener that may not receive listens no more.
  static void shutdown(int fd, int how) {
    SHUTDOWN.call(fd, how);
  }

  /// `ssize_t sendfile(int out, int in, off_t *, size_t)`: sendfile(2). It may wait for a disk, so
  /// it is not critical, and a virtual thread leaves it to [io.tercet.http.posix.DiskThreads].
  ///
  /// It has no flag against SIGPIPE; the JVM ignores that signal.
  static long sendFile(int out, int in, long position, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment offset = arena.allocateFrom(JAVA_LONG, position);
      return SENDFILE.callCheckedLong(out, in, offset.address(), length);
    }
  }
}
