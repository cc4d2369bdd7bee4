package io.tercet.lab.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/// Finds the end of one response after another, by its Content-Length. Knows just enough for what
/// http-raw-server says.
///
/// - Bounds: a head of up to [#HEAD_BYTES_MAX].
/// - Threading: confined to its connection.
final class ResponseReader {
  static final int HEAD_BYTES_MAX = 16 * 1024;

  private static final byte[] LENGTH = "content-length: ".getBytes(ISO_8859_1);
  private static final byte[] CLOSE = "connection: close".getBytes(ISO_8859_1);
  private static final byte[] NOTHING = new byte[0];

  /// A head that came in pieces.
  private byte[] begun = NOTHING;

  private boolean inBody;
  private boolean complete;
  private boolean closes;
  private int status;
  private long left;

  /// Takes bytes up to the end of the response.
  ///
  /// @return where it stopped: at `to`, or behind the response
  int take(byte[] bytes, int from, int to) {
    int at = from;
    if (!inBody) {
      at = head(bytes, from, to);
      if (!inBody) {
        return at;
      }
    }
    int taken = (int) Math.min(left, to - at);
    left -= taken;
    complete = left == 0;
    return at + taken;
  }

  /// Whether the response is whole.
  boolean isComplete() {
    return complete;
  }

  /// Whether the server said that it will close.
  boolean closes() {
    return closes;
  }

  int status() {
    return status;
  }

  /// Forgets the response, for the next.
  void reset() {
    begun = NOTHING;
    inBody = false;
    complete = false;
    closes = false;
    left = 0;
  }

  private int head(byte[] bytes, int from, int to) {
    if (begun.length == 0) {
      int end = endOfHead(bytes, from, to);
      if (end >= 0) {
        understand(bytes, from, end);
        return end;
      }
    }
    int had = begun.length;
    if (had > HEAD_BYTES_MAX) {
      throw new IllegalStateException("a head without an end");
    }
    begun = Arrays.copyOf(begun, had + to - from);
    System.arraycopy(bytes, from, begun, had, to - from);
    int end = endOfHead(begun, 0, begun.length);
    if (end < 0) {
      return to;
    }
    understand(begun, 0, end);
    return from + end - had;
  }

  private void understand(byte[] bytes, int from, int end) {
    status = (bytes[from + 9] - '0') * 100 + (bytes[from + 10] - '0') * 10 + bytes[from + 11] - '0';
    for (int at = from; at < end; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      if (says(bytes, at + 1, end, LENGTH)) {
        left = number(bytes, at + 1 + LENGTH.length);
      } else if (says(bytes, at + 1, end, CLOSE)) {
        closes = true;
      }
    }
    inBody = true;
  }

  private static boolean says(byte[] bytes, int at, int end, byte[] lowerCase) {
    if (at + lowerCase.length > end) {
      return false;
    }
    for (int i = 0; i < lowerCase.length; i++) {
      int octet = bytes[at + i];
      if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int at = from; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = number * 10 + bytes[at] - '0';
    }
    return number;
  }

  /// Behind the empty line, or -1.
  private static int endOfHead(byte[] bytes, int from, int to) {
    for (int at = from + 3; at < to; at++) {
      if (bytes[at] == '\n' && bytes[at - 2] == '\n') {
        return at + 1;
      }
    }
    return -1;
  }
}
