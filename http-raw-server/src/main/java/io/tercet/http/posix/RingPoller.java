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
/// - Bounds: [#ROUND_MAX] sockets, each with [#INPUT_BYTES], and [#OUTPUT_BYTES] of output. What is
///   past them takes calls of its own.
/// - Without a ring, or when the kernel refuses one that it gave, it is epoll alone.
/// - Ownership: its native memory lives as long as it does.
/// - Threading: as [Poller] says.
final class RingPoller implements Poller {
  /// Sockets in a round: the first waits for the others' input, but each shares two calls.
  static final int ROUND_MAX = SubmissionRing.REQUESTS_MAX / 2;

  /// Received ahead for a socket: more than most requests. A cache line more lies between two, so
  /// that they do not all compete for the same lines of the cache.
  static final int INPUT_BYTES = 4096;

  private static final int INPUT_STRIDE = INPUT_BYTES + 64;

  /// Posted in a round by all.
  static final int OUTPUT_BYTES = 256 * 1024;

  /// Posted by one: past it, copying costs as much as a call.
  static final int POST_BYTES_MAX = 16 * 1024;

  /// How long what is posted waits for the turns of others: more than a round of usual answers
  /// takes. A turn that takes longer is the last.
  private static final long PATIENCE_NANOS = 250_000;

  /// In the place of a result: no such call was made.
  static final int NOT_MADE = Integer.MIN_VALUE;

  private static final byte[] NOTHING = new byte[0];

  private final EpollPoller epoll = new EpollPoller();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment input = arena.allocate((long) INPUT_STRIDE * ROUND_MAX, 64);
  private final MemorySegment output = arena.allocate(OUTPUT_BYTES, 64);
  private @Nullable SubmissionRing ring;

  /// By descriptor.
  private @Nullable PosixSocket[] sockets = new PosixSocket[64];

  /// What calls returned: first of receives, then of sends.
  private final int[] results = new int[2 * ROUND_MAX];

  private final @Nullable PosixSocket[] posters = new PosixSocket[ROUND_MAX];
  private final @Nullable Object[] postersKeys = new Object[ROUND_MAX];
  private final int[] postedTo = new int[ROUND_MAX];
  private int posts;
  private long postedSince;

  /// Whose turn it is, and where its input lies.
  private @Nullable Object key;

  private int place;

  RingPoller(SubmissionRing ring) {
    this.ring = ring;
  }

  @Override
  public boolean watch(Socket socket, Object key) {
    PosixSocket watched = (PosixSocket) socket;
    if (watched.fd() >= sockets.length) {
      sockets = Arrays.copyOf(sockets, Math.max(watched.fd() + 1, 2 * sockets.length));
    }
    sockets[watched.fd()] = watched;
    return epoll.watch(socket, key);
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

  /// What it has posted is dropped: its descriptor may soon be another's.
  @Override
  public void forget(Socket socket) {
    for (int i = 0; i < posts; i++) {
      posters[i] = posters[i] == socket ? null : posters[i];
    }
    sockets[((Descriptor) socket).fd()] = null;
    epoll.forget(socket);
  }

  @Override
  public void await(int timeoutMillis, Ready ready) {
    int count = epoll.await(timeoutMillis);
    for (int first = 0; first < count; first += ROUND_MAX) {
      int end = Math.min(count, first + ROUND_MAX);
      handIn(first, end, ready);
      for (int i = first; i < end; i++) {
        int before = posts;
        tell(i, i - first, ready);
        if (posts > 0 && i < end - 1 && isLate(before == 0)) {
          handIn(0, 0, ready);
        }
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
    int from = posts == 0 ? 0 : postedTo[posts - 1];
    if (ring == null
        || posts == ROUND_MAX
        || length > POST_BYTES_MAX
        || length > OUTPUT_BYTES - from) {
      return false;
    }
    MemorySegment.copy(bytes, offset, output, JAVA_BYTE, from, length);
    posters[posts] = socket;
    postersKeys[posts] = key;
    postedTo[posts] = from + length;
    posts++;
    return true;
  }

  /// Hands in what is posted, and receives for those of these events who wait for input; then tells
  /// what became of the former.
  private void handIn(int first, int end, Ready ready) {
    Arrays.fill(results, 0, end - first, NOT_MADE);
    SubmissionRing open = ring;
    if (open == null) {
      return;
    }
    sendPosted(open);
    receiveAhead(open, first, end);
    boolean taken = open.handIn(results);
    tellPosters(ready);
    if (!taken) {
      giveUp();
    }
  }

  private void sendPosted(SubmissionRing open) {
    int from = 0;
    for (int i = 0; i < posts; i++) {
      int at = ROUND_MAX + i;
      results[at] = NOT_MADE;
      PosixSocket poster = posters[i];
      if (poster != null) {
        open.send(poster.fd(), output.address() + from, postedTo[i] - from, at);
      }
      from = postedTo[i];
    }
  }

  private void receiveAhead(SubmissionRing open, int first, int end) {
    for (int i = first; i < end; i++) {
      int fd = epoll.descriptor(i);
      PosixSocket socket = fd < sockets.length ? sockets[fd] : null;
      if (socket != null && socket.waitsForInput() && epoll.hasInput(i)) {
        open.receive(fd, input.address() + inputAt(i - first), INPUT_BYTES, i - first);
      }
    }
  }

  private void tellPosters(Ready ready) {
    int count = posts;
    posts = 0;
    int from = 0;
    for (int i = 0; i < count; i++) {
      boolean there = posters[i] != null;
      Object poster = postersKeys[i];
      posters[i] = null;
      postersKeys[i] = null;
      int to = postedTo[i];
      int sent = Math.max(results[ROUND_MAX + i], 0);
      if (there && poster != null) {
        ready.left(poster, sent == to - from ? NOTHING : posted(from + sent, to));
      }
      from = to;
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
    int fd = epoll.descriptor(event);
    PosixSocket socket = fd < sockets.length ? sockets[fd] : null;
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

  private byte[] posted(int from, int to) {
    return output.asSlice(from, to - from).toArray(JAVA_BYTE);
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
