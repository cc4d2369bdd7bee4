package io.tercet.http.buffer;

import java.util.Arrays;

/// The bytes of a conversation that no request has consumed yet.
///
/// During a turn they may lie in the workspace's buffer, uncopied; between turns they are our own.
///
/// - Bounds: one head and one read, because input waits while output does.
public final class InputBuffer {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] HEAD = {'H', 'E', 'A', 'D', ' '};

  private byte[] bytes = NOTHING;
  private int from;
  private int to;
  private boolean borrowed;

  /// How many of the bytes the last attempt to parse has seen.
  private int seen;

  /// How many of the bytes were searched for the end of a line since then, or before.
  private int searched;

  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /// How many bytes of memory it keeps between turns.
  public int heldBytes() {
    return isEmpty() ? 0 : borrowed ? to - from : bytes.length;
  }

  public boolean isEmpty() {
    return from == to;
  }

  /// Takes the first `length` bytes of a buffer that is ours until the turn ends.
  void add(byte[] lent, int length) {
    if (isEmpty()) {
      bytes = lent;
      from = 0;
      to = length;
      borrowed = true;
      return;
    }
    if (borrowed) {
      throw new IllegalStateException("a read before the last one was kept");
    }
    int have = to - from;
    if (bytes.length - to < length) {
      byte[] larger = have + length <= bytes.length / 2 ? bytes : new byte[2 * (have + length)];
      System.arraycopy(bytes, from, larger, 0, have);
      bytes = larger;
      from = 0;
      to = have;
    }
    System.arraycopy(lent, 0, bytes, to, length);
    to += length;
  }

  /// Whether these bytes begin a request for HEAD, whose answer has no body even when it is refused
  /// (RFC 9110 §9.3.2).
  public boolean asksForHead() {
    int start = to - from >= 2 && bytes[from] == '\r' && bytes[from + 1] == '\n' ? from + 2 : from;
    int end = start + HEAD.length;
    return end <= to && Arrays.equals(bytes, start, end, HEAD, 0, HEAD.length);
  }

  public void consume(int upTo) {
    from = upTo;
    seen = 0;
    searched = 0;
  }

  public void clear() {
    from = to;
    seen = 0;
    searched = 0;
  }

  /// Whether a head may have become whole, or too long, since the last attempt; counts as an
  /// attempt.
  ///
  /// A head that comes byte by byte must not be scanned for each byte: it is looked at when a line
  /// ends or when it has doubled.
  public boolean isWorthParsing(boolean ended) {
    int have = to - from;
    if (have == seen && !(ended && have > 0)) {
      return false;
    }
    boolean worth = seen == 0 || have >= 2 * seen || ended || endsLine(from + searched);
    seen = worth ? have : seen;
    searched = have;
    return worth;
  }

  private boolean endsLine(int start) {
    for (int i = start; i < to; i++) {
      if (bytes[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  /// Copies what is left out of the lent buffer.
  void keep() {
    if (isEmpty()) {
      bytes = NOTHING;
      from = 0;
      to = 0;
    } else if (borrowed) {
      bytes = Arrays.copyOfRange(bytes, from, to);
      to -= from;
      from = 0;
    }
    borrowed = false;
  }
}
