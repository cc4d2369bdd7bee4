package io.tercet.chat.frame;

import java.nio.ByteBuffer;
import java.util.List;

/// Entry frames of one room, encoded once and shared by all connections that get them.
///
/// Shape: JSON objects in UTF-8 with `\n` between them. `starts` has the offset of each, so a
/// connection that has the first ones gets the rest without another encoding. Immutable; any
/// thread.
public final class EncodedEntries {

  private final long firstSeq;
  private final byte[] bytes;
  private final int[] starts;

  private EncodedEntries(long firstSeq, byte[] bytes, int[] starts) {
    this.firstSeq = firstSeq;
    this.bytes = bytes;
    this.starts = starts;
  }

  static EncodedEntries join(long firstSeq, List<byte[]> frames) {
    int size = frames.size() - 1;
    for (byte[] frame : frames) {
      size += frame.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(size);
    int[] starts = new int[frames.size()];
    for (int i = 0; i < starts.length; i++) {
      if (i > 0) {
        joined.put((byte) '\n');
      }
      starts[i] = joined.position();
      joined.put(frames.get(i));
    }
    return new EncodedEntries(firstSeq, joined.array(), starts);
  }

  /// The `seq` of the first one.
  public long firstSeq() {
    return firstSeq;
  }

  /// The `seq` of the last one.
  public long lastSeq() {
    return firstSeq + starts.length - 1;
  }

  /// How many there are.
  public int count() {
    return starts.length;
  }

  /// The frames from `seq` on, which must be one of these. The bytes are shared: read only.
  public ByteBuffer from(long seq) {
    int start = starts[(int) (seq - firstSeq)];
    return ByteBuffer.wrap(bytes, start, bytes.length - start).slice().asReadOnlyBuffer();
  }
}
