package io.tercet.http.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The header fields of one request, in the order they came.
///
/// - Shape: the bytes of the whole head, and four offsets per field (name from, name to, value
///   from, value to). A value becomes a string only when somebody asks for it.
/// - Immutable: its maker hands over the arrays and keeps no reference.
///
/// Source: RFC 9110 §5.
public final class Headers {
  private static final int OFFSETS_PER_FIELD = 4;

  private final byte[] head;
  private final int[] offsets;
  private final int count;

  /// Takes over `head` and `offsets`, of which the first `4 * count` are used.
  public Headers(byte[] head, int[] offsets, int count) {
    this.head = head;
    this.offsets = offsets;
    this.count = count;
  }

  /// No fields at all.
  public static Headers none() {
    return new Headers(new byte[0], new int[0], 0);
  }

  /// Fields from names and values in turn, for requests that do not come from a connection.
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    int[] offsets = new int[namesAndValues.length * 2];
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i++) {
      offsets[2 * i] = head.length();
      head.append(namesAndValues[i]);
      offsets[2 * i + 1] = head.length();
    }
    return new Headers(head.toString().getBytes(ISO_8859_1), offsets, namesAndValues.length / 2);
  }

  /// Whether there is no field, or only Host.
  public boolean areNothingButHost() {
    return count == 0 || (count == 1 && isNamed(0, "host"));
  }

  /// How many bytes of memory the whole head takes.
  public int bytes() {
    return head.length;
  }

  /// The value of the first field of this name; `lowerCaseName` must be in lower case.
  public Optional<String> first(String lowerCaseName) {
    int field = indexOf(lowerCaseName, 0);
    return field < 0 ? Optional.empty() : Optional.of(value(field));
  }

  /// The index of the next field of this name, at `from` or after it; -1 if there is none.
  public int indexOf(String lowerCaseName, int from) {
    for (int field = from; field < count; field++) {
      if (isNamed(field, lowerCaseName)) {
        return field;
      }
    }
    return -1;
  }

  /// How many octets the value of a field has.
  public int valueLength(int field) {
    int at = field * OFFSETS_PER_FIELD + 2;
    return offsets[at + 1] - offsets[at];
  }

  /// One octet of the value of a field.
  public byte valueOctet(int field, int index) {
    return head[offsets[field * OFFSETS_PER_FIELD + 2] + index];
  }

  /// Whether the value of a field is these octets.
  public boolean isValue(int field, byte[] octets) {
    int at = field * OFFSETS_PER_FIELD + 2;
    return Arrays.equals(head, offsets[at], offsets[at + 1], octets, 0, octets.length);
  }

  /// The values of all fields of this name, in order.
  public List<String> all(String lowerCaseName) {
    int first = indexOf(lowerCaseName, 0);
    if (first < 0) {
      return List.of();
    }
    int next = indexOf(lowerCaseName, first + 1);
    if (next < 0) {
      return List.of(value(first));
    }
    List<String> values = new ArrayList<>();
    values.add(value(first));
    for (; next >= 0; next = indexOf(lowerCaseName, next + 1)) {
      values.add(value(next));
    }
    return values;
  }

  /// All fields of this name as one comma-separated list (RFC 9110 §5.3), or empty if there is
  /// none.
  public Optional<String> joined(String lowerCaseName) {
    int first = indexOf(lowerCaseName, 0);
    if (first < 0) {
      return Optional.empty();
    }
    boolean only = indexOf(lowerCaseName, first + 1) < 0;
    return Optional.of(only ? value(first) : String.join(", ", all(lowerCaseName)));
  }

  /// The name of a field as it was written.
  public String name(int field) {
    return text(field * OFFSETS_PER_FIELD);
  }

  /// The value of a field without the white space around it.
  public String value(int field) {
    return text(field * OFFSETS_PER_FIELD + 2);
  }

  private String text(int at) {
    return new String(head, offsets[at], offsets[at + 1] - offsets[at], ISO_8859_1);
  }

  private boolean isNamed(int field, String lowerCaseName) {
    int from = offsets[field * OFFSETS_PER_FIELD];
    int length = offsets[field * OFFSETS_PER_FIELD + 1] - from;
    if (length != lowerCaseName.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int c = head[from + i];
      int lower = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
      if (lower != lowerCaseName.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
