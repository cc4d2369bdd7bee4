package io.tercet.http.posix.poll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.posix.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// A descriptor that is readable once somebody rang: eventfd(2), so that a thread that waits for
/// sockets can be woken by another.
///
/// `int eventfd(unsigned int initval, int flags)` makes a counter of 64 bits. `ssize_t write(int,
/// const void *, size_t)` adds to it, `ssize_t read(int, void *, size_t)` takes it back to zero:
/// write(2), read(2).
///
/// Threading: shared. After [#close()] ringing does nothing: the descriptor could be somebody
/// else's by then.
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

  synchronized void signal() {
    if (!closed) {
      WRITE.call(fd, one.address(), Long.BYTES);
    }
  }

  /// Not readable any more, until the next ring. By the thread that waits.
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
