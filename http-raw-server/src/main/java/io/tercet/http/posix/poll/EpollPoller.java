package io.tercet.http.posix.poll;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Errno;
import io.tercet.http.posix.Libc;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// epoll(7): connections edge-triggered and registered once, listeners level-triggered.
///
/// `struct epoll_event` is `events` (4 bytes) and `data` (8 bytes), packed to 12 bytes on x86-64
/// only; on other machines `data` is aligned to 8 and the struct takes 16.
///
/// - Events: the bits are those of poll(2), and two of its own.
/// - Calls, all of epoll(7): `int epoll_create1(int flags)`: epoll_create1(2); `int epoll_ctl(int
///   epfd, int op, int fd, struct epoll_event *)`: epoll_ctl(2); `int epoll_wait(int epfd, struct
///   epoll_event *, int maxevents, int timeout)`, its time in milliseconds: epoll_wait(2).
/// - Ownership: its native memory lives as long as the poller.
/// - Threading: as [Poller] says; keys are published by an atomic array, because another
///   thread may forget.
public final class EpollPoller implements Poller, Descriptor {
  private static final int CTL_ADD = 1;
  private static final int CTL_DEL = 2;

  /// Several pollers watch one listener, during a swap of models or in several processes. A new
  /// connection need not wake all of them.
  private static final int EXCLUSIVE = 1 << 28;

  private static final int EDGE_TRIGGERED = 1 << 31;
  private static final int CLOEXEC = 0x80000;

  private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");
  private static final long EVENT_BYTES = PACKED ? 12 : 16;
  private static final long DATA_AT = PACKED ? 4 : 8;
  private static final int EVENTS_MAX = 256;

  private static final CFunction EPOLL_CREATE1 = Libc.function("epoll_create1");
  private static final CFunction EPOLL_CTL = Libc.function("epoll_ctl");
  private static final CFunction EPOLL_WAIT = Libc.function("epoll_wait");

  /// First, because it may fail: then there is nothing yet that would have to be closed.
  private final EventFd wakeUp = new EventFd();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment events = arena.allocate(EVENT_BYTES * EVENTS_MAX, 8);
  private final MemorySegment registered = arena.allocate(EVENT_BYTES, 8);
  private final int fd;
  private volatile AtomicReferenceArray<@Nullable Object> keys = new AtomicReferenceArray<>(64);

  /// @throws IllegalStateException if the system has no descriptor for it
  public EpollPoller() {
    fd = EPOLL_CREATE1.callChecked(CLOEXEC);
    if (fd < 0) {
      wakeUp.close();
      arena.close();
      throw new IllegalStateException("no poller: " + Errno.describe(-fd));
    }
    int result = control(CTL_ADD, wakeUp.fd(), PollCalls.IN);
    if (result < 0) {
      close();
      check(result);
    }
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public boolean watch(Socket socket, Object key) {
    int socketFd = ((Descriptor) socket).fd();
    setKey(socketFd, key);
    int result = control(CTL_ADD, socketFd, PollCalls.events(READABLE | WRITABLE) | EDGE_TRIGGERED);
    if (Errno.isExhaustion(-result)) {
      setKey(socketFd, null);
      return false;
    }
    check(result);
    return true;
  }

  @Override
  public void watch(Listener listener, Object key) {
    int listenerFd = ((Descriptor) listener).fd();
    setKey(listenerFd, key);
    check(control(CTL_ADD, listenerFd, PollCalls.IN | EXCLUSIVE));
  }

  @Override
  public void forget(Listener listener) {
    int listenerFd = ((Descriptor) listener).fd();
    check(control(CTL_DEL, listenerFd, 0));
    setKey(listenerFd, null);
  }

  @Override
  public void forget(Socket socket) {
    setKey(((Descriptor) socket).fd(), null);
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    // Below zero only when a signal came: as good as nothing ready.
    int count = EPOLL_WAIT.call(fd, events.address(), EVENTS_MAX, timeoutMillis);
    for (int i = 0; i < count; i++) {
      int which = events.get(JAVA_INT_UNALIGNED, i * EVENT_BYTES + DATA_AT);
      if (which == wakeUp.fd()) {
        wakeUp.clear();
        continue;
      }
      // Null if it was forgotten, perhaps by one that was told before.
      Object key = keys.get(which);
      if (key != null) {
        ready.ready(key, PollCalls.translated(events.get(JAVA_INT_UNALIGNED, i * EVENT_BYTES)));
      }
    }
  }

  @Override
  public void wake() {
    wakeUp.signal();
  }

  @Override
  public void close() {
    wakeUp.close();
    Descriptor.close(fd);
    arena.close();
  }

  /// As epoll_ctl(2), with the errno negated. Called by the awaiting thread, or before there is
  /// one, so that one event for all is enough.
  private int control(int operation, int which, int interest) {
    registered.set(JAVA_INT_UNALIGNED, 0, interest);
    registered.set(JAVA_INT_UNALIGNED, DATA_AT, which);
    int result = EPOLL_CTL.call(fd, operation, which, registered.address());
    return result < 0 ? EPOLL_CTL.callChecked(fd, operation, which, registered.address()) : result;
  }

  private static void check(int result) {
    if (result < 0) {
      throw new IllegalStateException("epoll_ctl: " + Errno.describe(-result));
    }
  }

  private synchronized void setKey(int which, @Nullable Object key) {
    AtomicReferenceArray<@Nullable Object> current = keys;
    if (which >= current.length()) {
      AtomicReferenceArray<@Nullable Object> larger =
          new AtomicReferenceArray<>(Math.max(which + 1, current.length() * 2));
      for (int i = 0; i < current.length(); i++) {
        larger.set(i, current.get(i));
      }
      keys = larger;
      current = larger;
    }
    current.set(which, key);
  }
}
