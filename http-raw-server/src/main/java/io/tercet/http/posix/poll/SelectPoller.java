package io.tercet.http.posix.poll;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tercet.http.posix.CFunction;
import io.tercet.http.posix.Descriptor;
import io.tercet.http.posix.Libc;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// select(2): sets of bits, one bit for each descriptor. Each wait copies them into the kernel and
/// back.
///
/// ```
///   fd_set: 16 words of 8 bytes; descriptor n is bit n % 64 of word n / 64
/// ```
///
/// - Bounds: descriptors below [#FD_SETSIZE]. The C macros would set a bit in foreign memory for a
///   larger one; this class refuses it before it touches a set.
/// - Levels: it reports a socket as long as that is ready for what it wants.
/// - Ownership: its native memory lives as long as the poller.
public final class SelectPoller implements Poller {
  /// That of glibc, which cannot be changed.
  static final int FD_SETSIZE = 1024;

  private static final int WORDS = FD_SETSIZE / Long.SIZE;
  private static final long SET_BYTES = FD_SETSIZE / Byte.SIZE;

  private static final CFunction SELECT = Libc.function("select");

  /// First, because it may fail: then there is nothing yet that would have to be closed.
  private final EventFd wakeUp = new EventFd();

  private final Arena arena = Arena.ofShared();
  private final MemorySegment readable = arena.allocate(SET_BYTES, 8);
  private final MemorySegment writable = arena.allocate(SET_BYTES, 8);

  /// `struct timeval`: seconds and microseconds, 8 bytes each.
  private final MemorySegment timeout = arena.allocate(16, 8);

  private final long[] wantReadable = new long[WORDS];
  private final long[] wantWritable = new long[WORDS];
  private final @Nullable Object[] keys = new Object[FD_SETSIZE];

  /// @throws IllegalStateException if so many descriptors are open already that not even the one
  ///     for wake-ups fits
  public SelectPoller() {
    if (!add(wakeUp.fd(), wakeUp)) {
      wakeUp.close();
      arena.close();
      throw tooLarge("the wake-up");
    }
  }

  @Override
  public boolean supports(Socket socket) {
    return ((Descriptor) socket).fd() < FD_SETSIZE;
  }

  @Override
  public boolean watch(Socket socket, Object key) {
    return add(((Descriptor) socket).fd(), key);
  }

  @Override
  public void watch(Listener listener, Object key) {
    if (!add(((Descriptor) listener).fd(), key)) {
      throw tooLarge("the listener");
    }
  }

  @Override
  public void want(Socket socket, int what) {
    int fd = ((Descriptor) socket).fd();
    put(wantReadable, fd, (what & READABLE) != 0);
    put(wantWritable, fd, (what & WRITABLE) != 0);
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
    int highest = 0;
    for (int word = 0; word < WORDS; word++) {
      readable.setAtIndex(JAVA_LONG, word, wantReadable[word]);
      writable.setAtIndex(JAVA_LONG, word, wantWritable[word]);
      long any = wantReadable[word] | wantWritable[word];
      if (any != 0) {
        highest = word * Long.SIZE + Long.SIZE - 1 - Long.numberOfLeadingZeros(any);
      }
    }
    // Linux changes the time to what is left of it.
    timeout.setAtIndex(JAVA_LONG, 0, timeoutMillis / 1000);
    timeout.setAtIndex(JAVA_LONG, 1, timeoutMillis % 1000 * 1000L);
    int left = select(highest + 1);
    for (int word = 0; word < WORDS && left > 0; word++) {
      long in = readable.getAtIndex(JAVA_LONG, word);
      long out = writable.getAtIndex(JAVA_LONG, word);
      left -= Long.bitCount(in) + Long.bitCount(out);
      for (long any = in | out; any != 0; any &= any - 1) {
        long bit = Long.lowestOneBit(any);
        int what = ((in & bit) != 0 ? READABLE : 0) | ((out & bit) != 0 ? WRITABLE : 0);
        report(word * Long.SIZE + Long.numberOfTrailingZeros(bit), what, ready);
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
    arena.close();
  }

  /// `int select(int nfds, fd_set *, fd_set *, fd_set *, struct timeval *)`; below zero only when a
  /// signal came, which is as good as nothing ready.
  private int select(int count) {
    return SELECT.call(count, readable.address(), writable.address(), 0, timeout.address());
  }

  /// The sets cannot tell that the other side has ended: that is readable for as long as it takes.
  private void report(int fd, int what, Ready ready) {
    Object key = keys[fd];
    if (key == wakeUp) {
      wakeUp.clear();
    } else if (key != null) {
      ready.ready(key, what);
    }
  }

  private boolean add(int fd, Object key) {
    if (fd >= FD_SETSIZE) {
      return false;
    }
    keys[fd] = key;
    put(wantReadable, fd, true);
    return true;
  }

  private void remove(int fd) {
    if (fd < FD_SETSIZE) {
      keys[fd] = null;
      put(wantReadable, fd, false);
      put(wantWritable, fd, false);
    }
  }

  private static void put(long[] set, int fd, boolean in) {
    long bit = 1L << fd;
    set[fd / Long.SIZE] = in ? set[fd / Long.SIZE] | bit : set[fd / Long.SIZE] & ~bit;
  }

  private static IllegalStateException tooLarge(String what) {
    return new IllegalStateException(
        what + " has a descriptor past " + (FD_SETSIZE - 1) + ": select cannot watch it");
  }
}
