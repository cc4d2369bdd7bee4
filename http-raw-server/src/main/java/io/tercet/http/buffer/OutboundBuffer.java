package io.tercet.http.buffer;

import io.tercet.http.message.Body;
import io.tercet.http.message.OpenFile;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/// What waits to be sent on one connection, in order.
///
/// Small output gathers in the buffer of a workspace, so that many pipelined responses leave in one
/// system call. At the end of a turn the bytes that could not be sent are copied and kept.
///
/// Threading: confined to its conversation.
public final class OutboundBuffer {
  /// The most bytes of a file in one flush, so that others get their turn.
  private static final long TRANSFER_BYTES_MAX = 1024 * 1024;

  /// Shared by all connections that have no items, which most never have. Nothing is ever added to
  /// it.
  private static final ArrayDeque<Item> NONE = new ArrayDeque<>(0);

  private static final byte[] NOTHING_BORROWED = new byte[0];

  private ArrayDeque<Item> items = NONE;

  /// Whether others had turns since the first item came. Its file may have changed in between.
  private boolean waited;

  private byte[] staging = NOTHING_BORROWED;
  private int from;
  private int to;
  private long sentBytes;
  private long queuedBytes;

  private sealed interface Item {}

  /// Changed in place: `from` moves.
  private static final class Chunk implements Item {
    final byte[] bytes;
    int from;

    Chunk(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private static final class Region implements Item {
    final OpenFile file;
    final boolean last;
    long position;
    long left;

    Region(OpenFile file, Body.Region region, boolean last) {
      this.file = file;
      this.position = region.position();
      this.left = region.length();
      this.last = last;
    }
  }

  /// Uses a buffer until the end of the turn.
  void borrow(byte[] buffer) {
    staging = buffer;
    from = 0;
    to = 0;
  }

  /// Ends the use of the borrowed buffer, and keeps a copy of what is still in it.
  void keep() {
    spill();
    staging = NOTHING_BORROWED;
  }

  /// How many bytes of memory it keeps between turns. The bytes of a cached file count too: the
  /// cache may evict the file while they wait here.
  long heldBytes() {
    long held = 0;
    for (Item item : items) {
      if (item instanceof Chunk chunk) {
        held += chunk.bytes.length;
      }
    }
    return held;
  }

  /// Whether everything was sent.
  public boolean isEmpty() {
    return from == to && items.isEmpty();
  }

  /// Whether further requests should wait until some of this is sent.
  public boolean isFull() {
    return !items.isEmpty() || to > staging.length / 2;
  }

  /// Makes room for `length` bytes in [#buffer] and returns where they begin; [#advance] follows.
  public int reserve(int length) {
    if (staging.length - to < length) {
      spill();
    }
    if (staging.length < length) {
      // A head longer than a whole buffer: limits were raised.
      staging = new byte[length];
    }
    return to;
  }

  /// The borrowed buffer.
  public byte[] buffer() {
    return staging;
  }

  /// Adds what was written to the borrowed buffer, up to `end`.
  public void advance(int end) {
    queuedBytes += end - to;
    to = end;
  }

  /// Adds bytes, which nobody changes any more.
  public void put(byte[] bytes) {
    queuedBytes += bytes.length;
    if (staging.length - to >= bytes.length) {
      System.arraycopy(bytes, 0, staging, to, bytes.length);
      to += bytes.length;
    } else {
      spill();
      queue(new Chunk(bytes));
    }
  }

  /// Adds a body, and releases it when it has been sent.
  public void put(Body body) {
    switch (body) {
      case Body.Bytes bytes -> put(bytes.bytes());
      case Body.OfFile ofFile -> {
        queuedBytes += ofFile.length();
        spill();
        int regionsLeft =
            (int) ofFile.pieces().stream().filter(Body.Region.class::isInstance).count();
        if (regionsLeft == 0) {
          ofFile.release();
        }
        for (Body.Piece piece : ofFile.pieces()) {
          switch (piece) {
            case Body.Text text -> queue(new Chunk(text.bytes()));
            case Body.Region region -> {
              regionsLeft--;
              queue(new Region(ofFile.file(), region, regionsLeft == 0));
            }
          }
        }
      }
    }
  }

  /// Bytes that were added so far, sent or not.
  public long queuedBytes() {
    return queuedBytes;
  }

  /// Bytes that were sent so far.
  public long sentBytes() {
    return sentBytes;
  }

  /// Sends what can be sent at once.
  ///
  /// @param last whether the end of the output comes next, so that both can leave together
  public FlushResult flush(NonBlockingOutput socket, boolean last) {
    while (!items.isEmpty()) {
      FlushResult flushed =
          switch (items.getFirst()) {
            case Chunk chunk -> chunk(chunk, socket);
            case Region region -> region(region, socket);
          };
      if (flushed != FlushResult.ALL) {
        waited = true;
        return flushed;
      }
      items.removeFirst();
    }
    items = NONE;
    waited = false;
    while (from < to) {
      int taken = socket.write(staging, from, to - from, last);
      if (taken < 0) {
        return failure(taken);
      }
      sentBytes += taken;
      from += taken;
    }
    from = 0;
    to = 0;
    return FlushResult.ALL;
  }

  /// Drops everything and releases bodies.
  public void discard() {
    for (Item item : items) {
      if (item instanceof Region region) {
        region.file.close();
      }
    }
    items = NONE;
    from = to;
  }

  private FlushResult chunk(Chunk chunk, NonBlockingOutput socket) {
    while (chunk.from < chunk.bytes.length) {
      boolean more = items.size() > 1 || from < to;
      int taken = socket.write(chunk.bytes, chunk.from, chunk.bytes.length - chunk.from, more);
      if (taken < 0) {
        return failure(taken);
      }
      sentBytes += taken;
      chunk.from += taken;
    }
    return FlushResult.ALL;
  }

  /// The file must still be the one that was described when the last of it is sent.
  private FlushResult region(Region region, NonBlockingOutput socket) {
    long sent = 0;
    boolean isVerified = !waited;
    while (region.left > 0) {
      if (sent >= TRANSFER_BYTES_MAX) {
        return FlushResult.SOME;
      }
      if (!isVerified && region.left <= TRANSFER_BYTES_MAX) {
        if (!region.file.source().isUnchanged()) {
          return FlushResult.CUT_SHORT;
        }
        isVerified = true;
      }
      long taken;
      try {
        taken =
            socket.transfer(
                region.file, region.position, Math.min(region.left, TRANSFER_BYTES_MAX));
      } catch (UncheckedIOException unreadable) {
        return FlushResult.CUT_SHORT;
      }
      if (taken < 0) {
        return failure((int) taken);
      }
      if (taken == 0) {
        return FlushResult.CUT_SHORT;
      }
      sentBytes += taken;
      region.position += taken;
      region.left -= taken;
      sent += taken;
    }
    if (region.last) {
      region.file.close();
    }
    return FlushResult.ALL;
  }

  private static FlushResult failure(int result) {
    return result == NonBlockingOutput.WOULD_BLOCK ? FlushResult.BLOCKED : FlushResult.GONE;
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is that one, not whether it is empty too.
  private void queue(Item item) {
    if (items == NONE) {
      items = new ArrayDeque<>(4);
    }
    items.add(item);
  }

  private void spill() {
    if (from < to) {
      queue(new Chunk(Arrays.copyOfRange(staging, from, to)));
    }
    from = 0;
    to = 0;
  }
}
