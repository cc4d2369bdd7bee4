package io.tercet.http.access;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes of lines that are written together. Grows as needed; confined to one thread.
final class Text {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private byte[] bytes = new byte[64 * 1024];
  private int length;

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /// What was appended; valid until the next change.
  ByteBuffer bytes() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  /// Appends text of ours, which is ASCII.
  Text add(String ours) {
    room(ours.length());
    for (int i = 0; i < ours.length(); i++) {
      bytes[length++] = (byte) ours.charAt(i);
    }
    return this;
  }

  Text add(long number) {
    return add(Long.toString(number));
  }

  /// Appends text of a client's between quotes: nothing in it can end them, or the line.
  ///
  /// Each character stands for one byte of the wire (ISO 8859-1). What is not printable ASCII
  /// becomes `prefix` and two hexadecimal digits.
  Text addQuoted(String theirs, String prefix) {
    room(2 + theirs.length() * (prefix.length() + 2));
    bytes[length++] = '"';
    for (int i = 0; i < theirs.length(); i++) {
      char c = theirs.charAt(i);
      if (c == '"' || c == '\\') {
        bytes[length++] = '\\';
        bytes[length++] = (byte) c;
      } else if (c >= ' ' && c < 0x7f) {
        bytes[length++] = (byte) c;
      } else {
        add(prefix);
        bytes[length++] = HEX[c >> 4 & 0xf];
        bytes[length++] = HEX[c & 0xf];
      }
    }
    bytes[length++] = '"';
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
