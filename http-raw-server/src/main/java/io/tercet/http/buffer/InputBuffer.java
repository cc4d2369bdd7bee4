package io.tercet.http.buffer;

import java.util.Arrays;

/// The bytes of a conversation that no request has consumed yet.
///
/// During a turn they may lie in the buffer of the workspace, uncopied; between turns in one of its
/// own.
///
/// - Bounds: one head and one read, because input waits while output does.
/// - Threading: confined to its conversation.
public final class InputBuffer {
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] HEAD = {'H', 'E', 'A', 'D', ' '};

  private byte[] bytes = NOTHING;
  private int from;
  private int to;
  private boolean borrowed;

  /// How many of the bytes the last attempt to parse saw.
  private int seen;

  /// How many of the bytes were searched for the end of a line.
  private int searched;

  /// The array that has the input, from [#from] to [#to].
  public byte[] bytes() {
    return bytes;
  }

  /// Where the input begins.
  public int from() {
    return from;
  }

  /// Where the input ends.
  public int to() {
    return to;
  }

  /// How many bytes of memory it keeps between turns.
  public int heldBytes() {
    return isEmpty() ? 0 : borrowed ? to - from : bytes.length;
  }

  /// Whether everything was consumed.
  public boolean isEmpty() {
    return from == to;
  }

  /// Adds the first `length` bytes of a buffer that is borrowed until the turn ends.
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

  /// Whether the input begins a HEAD request, whose response has no body even if it is rejected
  /// (RFC 9110 §9.3.2).
  public boolean asksForHead() {
    int start = to - from >= 2 && bytes[from] == '\r' && bytes[from + 1] == '\n' ? from + 2 : from;
    int end = start + HEAD.length;
    return end <= to && Arrays.equals(bytes, start, end, HEAD, 0, HEAD.length);
  }

  /// Drops the bytes before this index.
  public void consume(int upTo) {
    from = upTo;
    seen = 0;
    searched = 0;
  }

  /// Drops everything.
  public void clear() {
    from = to;
    seen = 0;
    searched = 0;
  }

  /// Whether a head may have become complete, or too long, since the last attempt to parse it. If
  /// so, this counts as an attempt.
  ///
  /// A head that comes byte by byte must not be parsed again for each byte, but when a line ends or
  /// when the input has doubled.
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

  /// Copies what is left out of the borrowed buffer.
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
