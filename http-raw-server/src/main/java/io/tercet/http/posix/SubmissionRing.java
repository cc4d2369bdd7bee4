package io.tercet.http.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Receives and sends that are handed to the kernel together: io_uring(7), for calls that never
/// wait.
///
/// A request is written to a queue that the kernel reads, and its result to one that it writes;
/// a single io_uring_enter(2) hands in all that are queued. Because every socket is non-blocking,
/// each result is there when that call returns, as if the calls had been made one by one in this
/// order.
///
/// - Layout: `struct io_uring_params`, `io_uring_sqe` and `io_uring_cqe` of linux/io_uring.h. The
///   numbers of its system calls, which have no function in the C library, are the same on all
///   machines that Java 25 runs on.
/// - Bounds: [#REQUESTS_MAX] are queued at once; whoever queues keeps to that.
/// - Threading: confined to one thread at a time.
final class SubmissionRing implements Descriptor, AutoCloseable {
  /// How many requests can be queued.
  static final int REQUESTS_MAX = 64;

  private static final int SYS_SETUP = 425;
  private static final int SYS_ENTER = 426;

  /// A request that fails does not keep back those after it. Since Linux 5.18: older ones refuse
  /// the ring, and need not be understood.
  private static final int SETUP_SUBMIT_ALL = 1 << 7;

  private static final int ENTER_GETEVENTS = 1;
  private static final byte OP_SEND = 26;
  private static final byte OP_RECV = 27;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  private static final int PARAMS_BYTES = 120;
  private static final int SQ_OFFSETS = 40;
  private static final int CQ_OFFSETS = 80;
  private static final int SQE_BYTES = 64;
  private static final int CQE_BYTES = 16;
  private static final long MAP_OF_SQES = 0x10000000L;
  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_POPULATE = 0x8001;

  private static final CFunction SYSCALL = Libc.function("syscall");
  private static final CFunction MMAP = Libc.function("mmap");
  private static final CFunction MUNMAP = Libc.function("munmap");
  private static final VarHandle WORD = JAVA_INT.varHandle();

  private final int fd;

  /// Both queues' counters, and the results.
  private final MemorySegment queues;

  private final MemorySegment requests;
  private final long requestsTail;
  private final int requestsMask;
  private final long resultsHead;
  private final long resultsTail;
  private final long results;
  private final int resultsMask;
  private int written;
  private int read;
  private int queued;

  private SubmissionRing(int fd, MemorySegment queues, MemorySegment requests, MemorySegment made) {
    this.fd = fd;
    this.queues = queues;
    this.requests = requests;
    requestsTail = made.get(JAVA_INT, SQ_OFFSETS + 4);
    requestsMask = made.get(JAVA_INT, 0) - 1;
    resultsHead = made.get(JAVA_INT, CQ_OFFSETS);
    resultsTail = made.get(JAVA_INT, CQ_OFFSETS + 4);
    results = made.get(JAVA_INT, CQ_OFFSETS + 20);
    resultsMask = made.get(JAVA_INT, 4) - 1;
    // Which request is the n-th: always the n-th.
    long order = made.get(JAVA_INT, SQ_OFFSETS + 24);
    for (int i = 0; i <= requestsMask; i++) {
      queues.set(JAVA_INT, order + 4L * i, i);
    }
  }

  /// `long syscall(SYS_io_uring_setup, u32 entries, struct io_uring_params *)`: io_uring_setup(2).
  ///
  /// A ring of this process, or null where there is none: a kernel that is too old, or one that
  /// does not let us (`kernel.io_uring_disabled`, the profile of a container).
  static @Nullable SubmissionRing open() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment made = arena.allocate(PARAMS_BYTES, 8);
      made.set(JAVA_INT, 8, SETUP_SUBMIT_ALL);
      int fd = SYSCALL.call(SYS_SETUP, REQUESTS_MAX, made.address());
      if (fd < 0) {
        return null;
      }
      long order = made.get(JAVA_INT, SQ_OFFSETS + 24) + 4L * made.get(JAVA_INT, 0);
      long ends = made.get(JAVA_INT, CQ_OFFSETS + 20) + (long) CQE_BYTES * made.get(JAVA_INT, 4);
      MemorySegment queues = map(fd, 0, Math.max(order, ends));
      MemorySegment requests = map(fd, MAP_OF_SQES, (long) SQE_BYTES * made.get(JAVA_INT, 0));
      if (queues == null || requests == null) {
        unmap(queues);
        unmap(requests);
        SocketCalls.close(fd);
        return null;
      }
      return new SubmissionRing(fd, queues, requests, made);
    }
  }

  @Override
  public int fd() {
    return fd;
  }

  /// Queues `recv(socket, into, length, MSG_DONTWAIT)`: what would have to wait fails at once, as
  /// without a ring, and the kernel does not keep it until there is something.
  ///
  /// @param place where the result is put
  void receive(int socket, long into, int length, int place) {
    queue(OP_RECV, socket, into, length, MSG_DONTWAIT, place);
  }

  /// Queues `send(socket, from, length, MSG_DONTWAIT | MSG_NOSIGNAL)`: likewise, and a broken
  /// connection raises no signal.
  ///
  /// @param place where the result is put
  void send(int socket, long from, int length, int place) {
    queue(OP_SEND, socket, from, length, MSG_DONTWAIT | MSG_NOSIGNAL, place);
  }

  /// `long syscall(SYS_io_uring_enter, unsigned int fd, unsigned int to_submit, unsigned int
  /// min_complete, unsigned int flags, sigset_t *, size_t)`: io_uring_enter(2).
  ///
  /// Hands in all that are queued, and puts what each returned, or its errno negated, in its place.
  ///
  /// @return false if the kernel took only some, or none: then the places of the others are as they
  ///     were, and the ring is of no more use
  boolean handIn(int[] places) {
    if (queued == 0) {
      return true;
    }
    WORD.setRelease(queues, requestsTail, written);
    int taken = SYSCALL.call(SYS_ENTER, fd, queued, 0, 0, 0);
    boolean all = taken == queued;
    queued = 0;
    int missing = Math.max(taken, 0) - collect(places);
    while (missing > 0) {
      int result = SYSCALL.callChecked(SYS_ENTER, fd, 0, missing, ENTER_GETEVENTS, 0);
      if (result < 0 && -result != Errno.EINTR) {
        return false;
      }
      missing -= collect(places);
    }
    return all;
  }

  @Override
  public void close() {
    unmap(queues);
    unmap(requests);
    SocketCalls.close(fd);
  }

  /// What is not written here is zero in every request, and stays so.
  private void queue(byte operation, int socket, long memory, int length, int flags, int place) {
    long at = (long) SQE_BYTES * (written & requestsMask);
    requests.set(JAVA_BYTE, at, operation);
    requests.set(JAVA_INT, at + 4, socket);
    requests.set(JAVA_LONG, at + 16, memory);
    requests.set(JAVA_INT, at + 24, length);
    requests.set(JAVA_INT, at + 28, flags);
    requests.set(JAVA_LONG, at + 32, place);
    written++;
    queued++;
  }

  private int collect(int[] places) {
    int end = (int) WORD.getAcquire(queues, resultsTail);
    int count = end - read;
    for (; read != end; read++) {
      long at = results + (long) CQE_BYTES * (read & resultsMask);
      places[(int) queues.get(JAVA_LONG, at)] = queues.get(JAVA_INT, at + 8);
    }
    WORD.setRelease(queues, resultsHead, read);
    return count;
  }

  /// `void *mmap(void *addr, size_t length, int prot, int flags, int fd, off_t offset)`: mmap(2).
  @SuppressWarnings("restricted")
  private static @Nullable MemorySegment map(int fd, long what, long bytes) {
    long at = MMAP.callCheckedLong(0, bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, what);
    return at < 0 ? null : MemorySegment.ofAddress(at).reinterpret(bytes);
  }

  /// `int munmap(void *addr, size_t length)`: munmap(2).
  private static void unmap(@Nullable MemorySegment mapped) {
    if (mapped != null) {
      MUNMAP.call(mapped.address(), mapped.byteSize());
    }
  }
}
