package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// A descriptor that is readable once somebody rang: eventfd(2), so that a thread that waits for
/// sockets can be woken by another.
///
/// Threading: shared. After [#close()] ringing does nothing: the descriptor could be somebody
/// else's by then.
final class WakeUp implements Descriptor, AutoCloseable {
  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;

  private static final MethodHandle EVENTFD = Libc.capturing("eventfd", Libc.INT_OF_INTS);
  private static final MethodHandle READ = Libc.plain("read", Libc.LONG_OF_BUFFER);
  private static final MethodHandle WRITE = Libc.plain("write", Libc.LONG_OF_BUFFER);

  private final Arena arena = Arena.ofShared();
  private final MemorySegment counter = arena.allocate(JAVA_LONG);
  private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
  private final int fd;
  private boolean closed;

  WakeUp() {
    try {
      MemorySegment state = Libc.state(arena);
      fd = (int) EVENTFD.invokeExact(state, 0, NONBLOCK | CLOEXEC);
      if (fd < 0) {
        throw new IllegalStateException("no eventfd: " + Errno.describe(Libc.errno(state)));
      }
    } catch (IllegalStateException failure) {
      throw failure;
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  @Override
  public int fd() {
    return fd;
  }

  synchronized void ring() {
    if (closed) {
      return;
    }
    try {
      long ignored = (long) WRITE.invokeExact(fd, one, 8L);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  /// Not readable any more, until the next ring. By the thread that waits.
  void hush() {
    try {
      long ignored = (long) READ.invokeExact(fd, counter, 8L);
    } catch (Throwable thrown) {
      throw Libc.unexpected(thrown);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    SocketCalls.close(fd);
    arena.close();
  }
}
