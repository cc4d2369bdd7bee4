package io.tercet.http.connection;

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
final class Outbox {
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

  boolean isEmpty() {
    return from == to && items.isEmpty();
  }

  /// Whether more responses should wait until these are sent.
  boolean isFull() {
    return !items.isEmpty() || to > staging.length / 2;
  }

  /// Room for `length` bytes in the lent buffer; write there, then [#advance].
  int reserve(int length) {
    if (staging.length - to < length) {
      spill();
    }
    if (staging.length < length) {
      // The limits on a request were raised past what a buffer usually has.
      staging = new byte[length];
    }
    return to;
  }

  byte[] buffer() {
    return staging;
  }

  void advance(int end) {
    queuedBytes += end - to;
    to = end;
  }

  void put(byte[] bytes) {
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
  void put(Body body) {
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
  long queuedBytes() {
    return queuedBytes;
  }

  /// Bytes that were taken so far, of everything.
  long sentBytes() {
    return sentBytes;
  }

  /// Sends what can be sent at once.
  ///
  /// @param last whether the end of the output comes next, so that both can leave together
  Flushed flush(Sink sink, Observer observer, boolean last) {
    while (!items.isEmpty()) {
      Flushed flushed =
          switch (items.getFirst()) {
            case Chunk chunk -> chunk(chunk, sink, observer);
            case Region region -> region(region, sink, observer);
          };
      if (flushed != Flushed.ALL) {
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
      count(taken, observer);
      from += taken;
    }
    from = 0;
    to = 0;
    return Flushed.ALL;
  }

  /// Forgets everything and gives back what it held.
  void discard() {
    for (Item item : items) {
      if (item instanceof Region region) {
        region.file.close();
      }
    }
    items = NONE;
    from = to;
  }

  private Flushed chunk(Chunk chunk, Sink sink, Observer observer) {
    while (chunk.from < chunk.bytes.length) {
      boolean more = items.size() > 1 || from < to;
      int taken = sink.write(chunk.bytes, chunk.from, chunk.bytes.length - chunk.from, more);
      if (taken < 0) {
        return failure(taken);
      }
      count(taken, observer);
      chunk.from += taken;
    }
    return Flushed.ALL;
  }

  /// Before what may be the rest of it is sent, the file must still be the one that was described.
  private Flushed region(Region region, Sink sink, Observer observer) {
    long sent = 0;
    boolean isSure = !waited;
    while (region.left > 0) {
      if (sent >= TRANSFER_BYTES_MAX) {
        return Flushed.SOME;
      }
      if (!isSure && region.left <= TRANSFER_BYTES_MAX) {
        if (!region.file.source().isUnchanged()) {
          return Flushed.CUT_SHORT;
        }
        isSure = true;
      }
      long taken;
      try {
        taken =
            sink.transfer(region.file, region.position, Math.min(region.left, TRANSFER_BYTES_MAX));
      } catch (UncheckedIOException unreadable) {
        return Flushed.CUT_SHORT;
      }
      if (taken < 0) {
        return failure((int) taken);
      }
      if (taken == 0) {
        return Flushed.CUT_SHORT;
      }
      count(taken, observer);
      region.position += taken;
      region.left -= taken;
      sent += taken;
    }
    if (region.last) {
      region.file.close();
    }
    return Flushed.ALL;
  }

  private void count(long taken, Observer observer) {
    sentBytes += taken;
    observer.sent(taken);
  }

  private static Flushed failure(int result) {
    return result == Sink.WOULD_BLOCK ? Flushed.BLOCKED : Flushed.GONE;
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
