package io.tercet.http.posix.poll;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.tercet.http.posix.Descriptor;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// poll(2): one list of all descriptors with what each wants. Each wait copies it into the kernel,
/// and both sides search it.
///
/// ```
///   struct pollfd: fd 4 | events 2 | revents 2
/// ```
///
/// - Places: a table by descriptor says where each is in the list. When one leaves, the last takes
///   its place. Place 0 is the [EventFd]'s.
/// - Levels: it reports a socket as long as that is ready for what it wants.
/// - Ownership: its native memory lives as long as the poller, and doubles when it is full.
public final class PollPoller implements Poller {
  private static final int NOWHERE = -1;
  private static final int FIRST_CAPACITY = 64;

  /// First, because it may fail: then there is nothing yet that would have to be closed.
  private final EventFd wakeUp = new EventFd();

  private Memory memory = new Memory(FIRST_CAPACITY);
  private MemorySegment list = memory.list;
  private @Nullable Object[] keys = new Object[FIRST_CAPACITY];
  private int[] places = new int[FIRST_CAPACITY];
  private int count;

  /// What a list lives in.
  private static final class Memory {
    final Arena arena = Arena.ofShared();
    final MemorySegment list;

    Memory(int capacity) {
      list = arena.allocate(PollCalls.POLLFD_BYTES * capacity, 4);
    }
  }

  /// @throws IllegalStateException if the system has no descriptor for it
  public PollPoller() {
    Arrays.fill(places, NOWHERE);
    add(wakeUp.fd(), wakeUp, PollCalls.IN);
  }

  @Override
  public boolean watch(Socket socket, Object key) {
    add(((Descriptor) socket).fd(), key, PollCalls.events(READABLE));
    return true;
  }

  @Override
  public void watch(Listener listener, Object key) {
    add(((Descriptor) listener).fd(), key, PollCalls.IN);
  }

  @Override
  public void want(Socket socket, int what) {
    int fd = ((Descriptor) socket).fd();
    PollCalls.set(list, places[fd], fd, PollCalls.events(what));
  }

  @Override
  public void forget(Listener listener) {
    remove(((Descriptor) listener).fd());
  }

  @Override
  public void forget(Socket socket) {
    remove(((Descriptor) socket).fd());
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    int left = PollCalls.poll(list, count, timeoutMillis);
    // From the end: an entry that is removed meanwhile is replaced by one that was looked at.
    for (int place = count - 1; place >= 0 && left > 0; place--) {
      short happened = PollCalls.happened(list, place);
      if (happened == 0) {
        continue;
      }
      left--;
      Object key = keys[place];
      if (key == wakeUp) {
        wakeUp.clear();
      } else if (key != null) {
        ready.ready(key, PollCalls.translated(happened));
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
    memory.arena.close();
  }

  private void add(int fd, Object key, short events) {
    if (count == keys.length) {
      grow();
    }
    if (fd >= places.length) {
      int before = places.length;
      places = Arrays.copyOf(places, Math.max(fd + 1, 2 * before));
      Arrays.fill(places, before, places.length, NOWHERE);
    }
    places[fd] = count;
    keys[count] = key;
    PollCalls.set(list, count, fd, events);
    count++;
  }

  private void remove(int fd) {
    int place = fd < places.length ? places[fd] : NOWHERE;
    if (place == NOWHERE) {
      return;
    }
    int last = --count;
    long lastAt = last * PollCalls.POLLFD_BYTES;
    long placeAt = place * PollCalls.POLLFD_BYTES;
    MemorySegment.copy(list, lastAt, list, placeAt, PollCalls.POLLFD_BYTES);
    places[list.get(JAVA_INT, placeAt)] = place;
    keys[place] = keys[last];
    keys[last] = null;
    places[fd] = NOWHERE;
    list.set(JAVA_SHORT, lastAt + PollCalls.HAPPENED_AT, (short) 0);
  }

  private void grow() {
    Memory before = memory;
    memory = new Memory(2 * keys.length);
    MemorySegment.copy(list, 0, memory.list, 0, list.byteSize());
    before.arena.close();
    list = memory.list;
    keys = Arrays.copyOf(keys, 2 * keys.length);
  }
}
