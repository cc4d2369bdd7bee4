package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Poller;
import io.tercet.http.readiness.Socket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// epoll(7), and one call for many sockets that are ready: of all in a round the input is received
/// together before the first is told, and what they post is sent together after the last, with the
/// next round's input.
///
/// A system call costs more than most of what is done between two of them, and so a request that
/// costs two costs less when a round shares them.
///
/// - Received ahead is only what a socket waits for, by [#want]; what nobody asks for then is kept.
/// - Bounds: [#ROUND_MAX] sockets, each with [#INPUT_BYTES], and [Posts]. What is past them takes
///   calls of its own.
/// - When the kernel refuses the ring that it gave, it is epoll alone from then on. Where it gives
///   none, there is an [EpollPoller] in this one's place.
/// - Ownership: its native memory lives as long as it does.
/// - Threading: as [Poller] says.
final class RingPoller implements Poller {
  /// Sockets in a round: the first waits for the others' input, but each shares two calls.
  static final int ROUND_MAX = SubmissionRing.REQUESTS_MAX - Posts.COUNT_MAX;

  /// Received ahead for a socket: more than most requests. A cache line more lies between two, so
  /// that they do not all compete for the same lines of the cache.
  static final int INPUT_BYTES = 4096;

  private static final int INPUT_STRIDE = INPUT_BYTES + 64;

  /// How long what is posted waits for the turns of others: more than a round of usual answers
  /// takes. A turn that takes longer is the last.
  private static final long PATIENCE_NANOS = 250_000;

  /// In the place of a result: no such call was made.
  static final int NOT_MADE = Integer.MIN_VALUE;

  private final EpollPoller epoll;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment input = arena.allocate((long) INPUT_STRIDE * ROUND_MAX, 64);
  private final Posts posts = new Posts(arena);
  private @Nullable SubmissionRing ring;

  /// By descriptor.
  private @Nullable PosixSocket[] sockets = new PosixSocket[64];

  /// What calls returned: first of receives, then of sends.
  private final int[] results = new int[ROUND_MAX + Posts.COUNT_MAX];

  /// When the first of a round was posted.
  private long postedSince;

  /// Whose turn it is, and where its input lies.
  private @Nullable Object key;

  private int place;

  /// @param epoll to be closed by this poller, as the ring is
  RingPoller(EpollPoller epoll, SubmissionRing ring) {
    this.epoll = epoll;
    this.ring = ring;
  }

  @Override
  public boolean watch(Socket socket, Object key) {
    if (!epoll.watch(socket, key)) {
      return false;
    }
    PosixSocket watched = (PosixSocket) socket;
    if (watched.fd() >= sockets.length) {
      sockets = Arrays.copyOf(sockets, Math.max(watched.fd() + 1, 2 * sockets.length));
    }
    sockets[watched.fd()] = watched;
    return true;
  }

  @Override
  public void want(Socket socket, int what) {
    ((PosixSocket) socket).waitsForInput((what & READABLE) != 0);
  }

  @Override
  public void watch(Listener listener, Object key) {
    epoll.watch(listener, key);
  }

  @Override
  public void forget(Listener listener) {
    epoll.forget(listener);
  }

  @Override
  public void forget(Socket socket) {
    PosixSocket forgotten = (PosixSocket) socket;
    posts.drop(forgotten);
    sockets[forgotten.fd()] = null;
    epoll.forget(socket);
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    int count = epoll.await(timeoutMillis);
    for (int first = 0; first < count; first += ROUND_MAX) {
      int end = Math.min(count, first + ROUND_MAX);
      if (ring != null && end - first > 1) {
        round(first, end, ready);
      } else {
        alone(first, end, ready);
      }
    }
    handIn(0, 0, ready);
  }

  @Override
  public void wake() {
    epoll.wake();
  }

  @Override
  public void close() {
    giveUp();
    epoll.close();
    arena.close();
  }

  /// What came of receiving ahead for whose turn it is: as recv(2), with the errno negated, or
  /// [#NOT_MADE].
  int received() {
    return results[place];
  }

  /// Hands over the bytes that were received ahead, once.
  void take(byte[] into, int offset) {
    int count = results[place];
    results[place] = NOT_MADE;
    if (count > 0) {
      MemorySegment.copy(input, JAVA_BYTE, inputAt(place), into, offset, count);
    }
  }

  /// Keeps bytes to be sent at the end of the round; false if there is no room.
  boolean post(PosixSocket socket, byte[] bytes, int offset, int length) {
    return ring != null && key != null && posts.add(socket, key, bytes, offset, length);
  }

  private void round(int first, int end, Ready ready) {
    handIn(first, end, ready);
    for (int i = first; i < end; i++) {
      boolean none = posts.isEmpty();
      tell(i, i - first, ready);
      if (!posts.isEmpty() && i < end - 1 && isLate(none)) {
        handIn(0, 0, ready);
      }
    }
  }

  /// For one that has nobody to share with its own calls cost less.
  private void alone(int first, int end, Ready ready) {
    for (int i = first; i < end; i++) {
      Object told = epoll.key(i);
      PosixSocket socket = socket(i);
      if (socket != null) {
        socket.waitsForInput(false);
      }
      if (told != null) {
        ready.ready(told, epoll.what(i));
      }
    }
  }

  /// Hands in what is posted, and receives for those of these events who wait for input; then tells
  /// what became of the former.
  private void handIn(int first, int end, Ready ready) {
    SubmissionRing open = ring;
    if (open == null) {
      return;
    }
    Arrays.fill(results, 0, end - first, NOT_MADE);
    posts.queue(open, results, ROUND_MAX);
    receiveAhead(open, first, end);
    boolean taken = open.handIn(results);
    posts.tell(results, ROUND_MAX, ready);
    if (!taken) {
      giveUp();
    }
  }

  private void receiveAhead(SubmissionRing open, int first, int end) {
    for (int i = first; i < end; i++) {
      PosixSocket socket = socket(i);
      if (socket != null && socket.waitsForInput() && epoll.hasInput(i)) {
        open.receive(socket.fd(), input.address() + inputAt(i - first), INPUT_BYTES, i - first);
      }
    }
  }

  /// Whether what is posted should wait for no more turns; from the first on.
  private boolean isLate(boolean first) {
    long now = System.nanoTime();
    postedSince = first ? now : postedSince;
    return now - postedSince > PATIENCE_NANOS;
  }

  private void tell(int event, int at, Ready ready) {
    Object told = epoll.key(event);
    if (told == null) {
      return;
    }
    PosixSocket socket = socket(event);
    if (socket == null) {
      ready.ready(told, epoll.what(event));
      return;
    }
    key = told;
    place = at;
    socket.beginTurn(this);
    try {
      ready.ready(told, epoll.what(event));
    } finally {
      socket.endTurn();
      key = null;
    }
  }

  /// Null for listeners, and for those that were forgotten.
  private @Nullable PosixSocket socket(int event) {
    int fd = epoll.descriptor(event);
    return fd < sockets.length ? sockets[fd] : null;
  }

  private static long inputAt(int at) {
    return (long) INPUT_STRIDE * at;
  }

  private void giveUp() {
    if (ring != null) {
      ring.close();
      ring = null;
    }
  }
}
