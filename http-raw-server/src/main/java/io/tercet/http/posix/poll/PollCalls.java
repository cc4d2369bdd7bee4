package io.tercet.http.posix.poll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Libc;
import io.tercet.http.readiness.Poller;
import java.lang.foreign.MemorySegment;

/// `int poll(struct pollfd *, nfds_t, int timeout)` and the list that it takes: poll(2).
///
/// ```
///   struct pollfd: fd 4 | events 2 | revents 2
/// ```
final class PollCalls {
  static final long POLLFD_BYTES = 8;
  static final long HAPPENED_AT = 6;

  static final short IN = 0x001;
  private static final short OUT = 0x004;
  private static final short ERR = 0x008;
  private static final short HUP = 0x010;
  private static final short RDHUP = 0x2000;
  private static final long EVENTS_AT = 4;

  private static final CFunction POLL = Libc.function("poll");

  private PollCalls() {}

  /// How many of the first `count` are ready; below zero only when a signal came, which is as good
  /// as none.
  static int poll(MemorySegment list, int count, int timeoutMillis) {
    return POLL.call(list.address(), count, timeoutMillis);
  }

  static void set(MemorySegment list, int place, int fd, short events) {
    long at = place * POLLFD_BYTES;
    list.set(JAVA_INT, at, fd);
    list.set(JAVA_SHORT, at + EVENTS_AT, events);
    list.set(JAVA_SHORT, at + HAPPENED_AT, (short) 0);
  }

  static short happened(MemorySegment list, int place) {
    return list.get(JAVA_SHORT, place * POLLFD_BYTES + HAPPENED_AT);
  }

  /// What to ask for, for what a [Poller] calls it.
  static short events(int what) {
    int events = 0;
    if ((what & Poller.READABLE) != 0) {
      events |= IN | RDHUP;
    }
    if ((what & Poller.WRITABLE) != 0) {
      events |= OUT;
    }
    return (short) events;
  }

  /// What a [Poller] calls it.
  static int translated(int happened) {
    int what = 0;
    if ((happened & (IN | ERR | HUP | RDHUP)) != 0) {
      what |= Poller.READABLE;
    }
    if ((happened & (OUT | ERR | HUP)) != 0) {
      what |= Poller.WRITABLE;
    }
    if ((happened & (ERR | HUP | RDHUP)) != 0) {
      what |= Poller.ENDED;
    }
    return what;
  }
}
