package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.tercet.http.readiness.Poller;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// What sockets have posted in a round, until it is sent and they have been told.
///
/// - Bounds: [#COUNT_MAX] posts, each of [#BYTES_MAX], and [#TOTAL_BYTES_MAX] of all.
/// - Ownership: its native memory belongs to the arena that it is given.
/// - Threading: confined to its poller.
final class Posts {
  /// In a round.
  static final int COUNT_MAX = SubmissionRing.REQUESTS_MAX / 2;

  /// Of one: past it, copying costs as much as a call.
  static final int BYTES_MAX = 16 * 1024;

  /// Of all.
  static final int TOTAL_BYTES_MAX = 256 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final MemorySegment bytes;
  private final @Nullable PosixSocket[] sockets = new PosixSocket[COUNT_MAX];
  private final @Nullable Object[] keys = new Object[COUNT_MAX];

  /// Where the bytes of each end, which is where the next one's begin.
  private final int[] ends = new int[COUNT_MAX];

  private int count;

  Posts(Arena arena) {
    bytes = arena.allocate(TOTAL_BYTES_MAX, 64);
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Keeps a copy of these bytes; false if there is no room.
  ///
  /// @param key what is handed back when they have left
  boolean add(PosixSocket socket, Object key, byte[] source, int offset, int length) {
    int from = start(count);
    if (count == COUNT_MAX || length > BYTES_MAX || length > TOTAL_BYTES_MAX - from) {
      return false;
    }
    MemorySegment.copy(source, offset, bytes, JAVA_BYTE, from, length);
    sockets[count] = socket;
    keys[count] = key;
    ends[count] = from + length;
    count++;
    return true;
  }

  /// Drops what this socket has posted: its descriptor may soon be another's.
  void drop(PosixSocket socket) {
    for (int i = 0; i < count; i++) {
      sockets[i] = sockets[i] == socket ? null : sockets[i];
    }
  }

  /// Queues all of them.
  ///
  /// @param places where results are put, from `first` on
  void queue(SubmissionRing ring, int[] places, int first) {
    for (int i = 0; i < count; i++) {
      places[first + i] = RingPoller.NOT_MADE;
      PosixSocket socket = sockets[i];
      if (socket != null) {
        int from = start(i);
        ring.send(socket.fd(), bytes.address() + from, ends[i] - from, first + i);
      }
    }
  }

  /// Tells all of them what became of theirs, and forgets them.
  void tell(int[] places, int first, Poller.Ready ready) {
    int told = count;
    count = 0;
    for (int i = 0; i < told; i++) {
      PosixSocket socket = sockets[i];
      Object key = keys[i];
      sockets[i] = null;
      keys[i] = null;
      if (socket != null && key != null) {
        ready.left(key, rest(i, places[first + i]));
      }
    }
  }

  /// @param result as send(2), with the errno negated
  private byte[] rest(int post, int result) {
    int from = start(post) + Math.max(result, 0);
    int length = ends[post] - from;
    return length == 0 ? NOTHING : bytes.asSlice(from, length).toArray(JAVA_BYTE);
  }

  private int start(int post) {
    return post == 0 ? 0 : ends[post - 1];
  }
}
