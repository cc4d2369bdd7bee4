package io.tercet.http.posix.poll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// eventfd(2): a descriptor that becomes readable when it is signalled. With it one thread wakes
/// another that waits for sockets.
///
/// `int eventfd(unsigned int initval, int flags)` makes a counter of 64 bits. `ssize_t write(int,
/// const void *, size_t)` adds to it, `ssize_t read(int, void *, size_t)` takes it back to zero:
/// write(2), read(2).
///
/// Threading: shared. After [#close()] a signal does nothing: the descriptor could be another's.
final class EventFd implements Descriptor, AutoCloseable {
  private static final int CLOEXEC = 0x80000;
  private static final int NONBLOCK = 0x800;

  private static final CFunction EVENTFD = Libc.function("eventfd");
  private static final CFunction READ = Libc.function("read");
  private static final CFunction WRITE = Libc.function("write");

  private final Arena arena = Arena.ofShared();
  private final MemorySegment counter = arena.allocate(JAVA_LONG);
  private final MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
  private final int fd;
  private boolean closed;

  EventFd() {
    fd = EVENTFD.callChecked(0, NONBLOCK | CLOEXEC);
    if (fd < 0) {
      arena.close();
      throw new IllegalStateException("no eventfd: " + Errno.describe(-fd));
    }
  }

  @Override
  public int fd() {
    return fd;
  }

  /// Makes it readable.
  synchronized void signal() {
    if (!closed) {
      WRITE.call(fd, one.address(), Long.BYTES);
    }
  }

  /// Makes it unreadable until the next signal. Called by the thread that waits.
  void clear() {
    READ.call(fd, counter.address(), Long.BYTES);
  }

  @Override
  public synchronized void close() {
    closed = true;
    Descriptor.close(fd);
    arena.close();
  }
}
