package io.tercet.http.buffer;

import io.tercet.http.message.Body;
import io.tercet.http.message.OpenFile;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;

/// What waits to be sent on one connection, in order.
///
/// Small output gathers in a lent buffer, so that many pipelined responses leave in one system
/// call; only what could not be sent at the end of a turn is copied to keep. Confined to its
/// conversation.
public final class OutboundBuffer {
  /// The most bytes of a file in one go, so that others get their turn.
  private static final long TRANSFER_BYTES_MAX = 1024 * 1024;

  /// Of everybody whose output fits the lent buffer: most connections never have another. Nothing
  /// is ever added to it.
  private static final ArrayDeque<Item> NONE = new ArrayDeque<>(0);

  private static final byte[] NOTHING_LENT = new byte[0];

  private ArrayDeque<Item> items = NONE;

  /// Whether others had turns since the first of the items came: their files may have been written
  /// anew meanwhile.
  private boolean waited;

  private byte[] staging = NOTHING_LENT;
  private int from;
  private int to;
  private long sentBytes;
  private long queuedBytes;

  private sealed interface Item {}

  /// Confined and changed in place: `from` moves.
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

  /// Gives a buffer for the length of a turn.
  void lend(byte[] buffer) {
    staging = buffer;
    from = 0;
    to = 0;
  }

  /// Takes the buffer back; what is still in it is kept.
  void reclaim() {
    spill();
    staging = NOTHING_LENT;
  }

  /// How many bytes of memory it keeps between turns. Those of a file in the cache count too: the
  /// cache may drop them while they wait here.
  long heldBytes() {
    long held = 0;
    for (Item item : items) {
      if (item instanceof Chunk chunk) {
        held += chunk.bytes.length;
      }
    }
    return held;
  }

  public boolean isEmpty() {
    return from == to && items.isEmpty();
  }

  /// Whether more responses should wait until these are sent.
  public boolean isFull() {
    return !items.isEmpty() || to > staging.length / 2;
  }

  /// Room for `length` bytes in the lent buffer; write there, then [#advance].
  public int reserve(int length) {
    if (staging.length - to < length) {
      spill();
    }
    if (staging.length < length) {
      // The limits on a request were raised past what a buffer usually has.
      staging = new byte[length];
    }
    return to;
  }

  public byte[] buffer() {
    return staging;
  }

  public void advance(int end) {
    queuedBytes += end - to;
    to = end;
  }

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

  /// Queues a body, and with it the duty to release it.
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

  /// Bytes that were queued so far, sent or not.
  public long queuedBytes() {
    return queuedBytes;
  }

  /// Bytes that were taken so far, of everything.
  public long sentBytes() {
    return sentBytes;
  }

  /// Sends what can be sent at once.
  ///
  /// @param last whether the end of the output comes next, so that both can leave together
  public FlushResult flush(NonBlockingOutput sink, boolean last) {
    while (!items.isEmpty()) {
      FlushResult flushed =
          switch (items.getFirst()) {
            case Chunk chunk -> chunk(chunk, sink);
            case Region region -> region(region, sink);
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
      int taken = sink.write(staging, from, to - from, last);
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

  /// Forgets everything and gives back what it held.
  public void discard() {
    for (Item item : items) {
      if (item instanceof Region region) {
        region.file.close();
      }
    }
    items = NONE;
    from = to;
  }

  private FlushResult chunk(Chunk chunk, NonBlockingOutput sink) {
    while (chunk.from < chunk.bytes.length) {
      boolean more = items.size() > 1 || from < to;
      int taken = sink.write(chunk.bytes, chunk.from, chunk.bytes.length - chunk.from, more);
      if (taken < 0) {
        return failure(taken);
      }
      sentBytes += taken;
      chunk.from += taken;
    }
    return FlushResult.ALL;
  }

  /// Before what may be the rest of it is sent, the file must still be the one that was described.
  private FlushResult region(Region region, NonBlockingOutput sink) {
    long sent = 0;
    boolean isSure = !waited;
    while (region.left > 0) {
      if (sent >= TRANSFER_BYTES_MAX) {
        return FlushResult.SOME;
      }
      if (!isSure && region.left <= TRANSFER_BYTES_MAX) {
        if (!region.file.source().isUnchanged()) {
          return FlushResult.CUT_SHORT;
        }
        isSure = true;
      }
      long taken;
      try {
        taken =
            sink.transfer(region.file, region.position, Math.min(region.left, TRANSFER_BYTES_MAX));
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
