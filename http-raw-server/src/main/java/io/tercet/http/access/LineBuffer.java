package io.tercet.http.access;

import io.tercet.http.message.Headers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of lines that are written together. It grows as needed. Confined to one thread.
final class LineBuffer {
  private static final HexFormat HEX = HexFormat.of();

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

  /// Appends text of this program, which is ASCII.
  @SuppressWarnings("deprecation") // It takes a byte of each character, and ours have no more.
  LineBuffer add(String ours) {
    room(ours.length());
    ours.getBytes(0, ours.length(), bytes, length);
    length += ours.length();
    return this;
  }

  LineBuffer add(long number) {
    return add(Long.toString(number));
  }

  /// Appends text that a client sent and that stands between quotes. Nothing in it can end the
  /// quotes or the line.
  ///
  /// Each character stands for one byte of the wire (ISO 8859-1). What is not printable ASCII
  /// becomes `prefix` and two hexadecimal digits.
  LineBuffer addEscaped(String theirs, String prefix) {
    room(theirs.length() * (prefix.length() + 2));
    for (int i = 0; i < theirs.length(); i++) {
      addEscaped(theirs.charAt(i), prefix);
    }
    return this;
  }

  /// Appends the value of a field in the same way.
  LineBuffer addEscaped(Headers headers, int field, String prefix) {
    int octets = headers.valueLength(field);
    room(octets * (prefix.length() + 2));
    for (int i = 0; i < octets; i++) {
      addEscaped((char) (headers.valueOctet(field, i) & 0xff), prefix);
    }
    return this;
  }

  /// Where there is room for it.
  private void addEscaped(char c, String prefix) {
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else if (c >= ' ' && c < 0x7f) {
      bytes[length++] = (byte) c;
    } else {
      add(prefix);
      bytes[length++] = (byte) HEX.toHighHexDigit(c);
      bytes[length++] = (byte) HEX.toLowHexDigit(c);
    }
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
