package io.tercet.http.posix;

import io.tercet.http.message.Address;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.OpenFile;
import io.tercet.http.readiness.Socket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An accepted connection: a non-blocking descriptor.
final class PosixSocket implements Socket, Descriptor {
  private static final int COPY_BYTES_MAX = 64 * 1024;
  private static final byte[] NOTHING = new byte[0];

  private final int fd;

  /// The peer's address and port, as numbers: most connections are never asked for them.
  private final long high;

  private final long low;
  private final int port;

  /// Where its input was received ahead and its output is posted, while it has a turn there.
  private @Nullable RingPoller round;

  /// What was received ahead in an earlier turn and not asked for.
  private byte[] kept = NOTHING;

  private boolean waitsForInput;

  private PosixSocket(int fd, long high, long low, int port) {
    this.fd = fd;
    this.high = high;
    this.low = low;
    this.port = port;
  }

  /// A connection from the peer whose address accept4(2) wrote.
  static PosixSocket accepted(int fd, MemorySegment peer) {
    return new PosixSocket(
        fd, SocketAddresses.high(peer), SocketAddresses.low(peer), SocketAddresses.port(peer));
  }

  @Override
  public Endpoint peer() {
    return new Endpoint(new Address(high, low), port);
  }

  @Override
  public int fd() {
    return fd;
  }

  @Override
  public int receive(byte[] into, int offset, int length) {
    if (kept.length > 0) {
      return takeKept(into, offset, length);
    }
    int count;
    if (round == null || round.received() == RingPoller.NOT_MADE) {
      count = SocketCalls.receive(fd, into, offset, length);
    } else if (round.received() > length) {
      keep(round);
      count = takeKept(into, offset, length);
    } else {
      count = takeReceived(round, into, offset, length);
    }
    return count >= 0 ? count : failure(count);
  }

  @Override
  public int write(byte[] bytes, int offset, int length, boolean more) {
    int count = SocketCalls.send(fd, bytes, offset, length, more);
    return count >= 0 ? count : failure(count);
  }

  @Override
  public boolean post(byte[] bytes, int offset, int length) {
    return round != null && round.post(this, bytes, offset, length);
  }

  @Override
  public long transfer(OpenFile file, long position, long length) {
    if (file.source() instanceof PosixFile posix) {
      long count = DiskThreads.call(() -> FileCalls.sendFile(fd, posix.fd(), position, length));
      return count >= 0 ? count : failure((int) count);
    }
    return copy(file, position, (int) Math.min(length, COPY_BYTES_MAX));
  }

  private long copy(OpenFile file, long position, int length) {
    byte[] bytes = new byte[length];
    try {
      int read = file.read(position, bytes, 0, length);
      return read <= 0 ? 0 : write(bytes, 0, read, false);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void endOutput() {
    SocketCalls.shutdown(fd, SocketCalls.SHUT_WR);
  }

  @Override
  public void close() {
    SocketCalls.close(fd);
  }

  /// Whether its input may be received ahead: whoever has its turns will ask for it first, and
  /// there is nothing older.
  boolean waitsForInput() {
    return waitsForInput && kept.length == 0;
  }

  void waitsForInput(boolean waits) {
    waitsForInput = waits;
  }

  /// It has its turn in a round of this poller.
  void beginTurn(RingPoller poller) {
    round = poller;
    waitsForInput = false;
  }

  /// What was received ahead and nobody asked for is kept.
  void endTurn() {
    if (round != null) {
      keep(round);
      round = null;
    }
  }

  private int takeReceived(RingPoller from, byte[] into, int offset, int length) {
    int count = from.received();
    from.take(into, offset);
    if (count < RingPoller.INPUT_BYTES) {
      return count;
    }
    return count + receiveBehind(into, offset + count, length - count);
  }

  /// Only a call that comes short proves that there is no more than what was received ahead.
  private int receiveBehind(byte[] into, int offset, int length) {
    return length == 0 ? 0 : Math.max(SocketCalls.receive(fd, into, offset, length), 0);
  }

  private void keep(RingPoller from) {
    if (from.received() > 0) {
      kept = new byte[from.received()];
      from.take(kept, 0);
    }
  }

  private int takeKept(byte[] into, int offset, int length) {
    int count = Math.min(length, kept.length);
    System.arraycopy(kept, 0, into, offset, count);
    kept = count == kept.length ? NOTHING : Arrays.copyOfRange(kept, count, kept.length);
    return count + receiveBehind(into, offset + count, length - count);
  }

  private static int failure(int negativeErrno) {
    return -negativeErrno == Errno.EAGAIN || -negativeErrno == Errno.EINTR ? WOULD_BLOCK : GONE;
  }
}
