package io.tercet.http.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The header fields of a response, encoded as on the wire: `Name: value CRLF`, repeated.
/// Immutable.
///
/// A file that is served a million times has its fields encoded once.
///
/// - Errors: a name or value that could end a line throws `IllegalArgumentException`.
public final class Fields {
  /// No fields.
  public static final Fields NONE = new Fields(new byte[0]);

  private final byte[] encoded;

  private Fields(byte[] encoded) {
    this.encoded = encoded;
  }

  /// Fields from names and values in turn.
  public static Fields of(String... namesAndValues) {
    return NONE.with(namesAndValues);
  }

  /// These fields and more, from names and values in turn.
  public Fields with(String... namesAndValues) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = checked(namesAndValues[i]);
      lines.append(name).append(": ").append(checked(namesAndValues[i + 1])).append("\r\n");
    }
    return and(new Fields(lines.toString().getBytes(ISO_8859_1)));
  }

  /// These fields, then the others.
  public Fields and(Fields others) {
    byte[] all = Arrays.copyOf(encoded, encoded.length + others.encoded.length);
    others.copyTo(all, encoded.length);
    return new Fields(all);
  }

  /// These fields, then those of the others whose names are not among these.
  public Fields andMissing(Fields others) {
    Fields all = this;
    for (String line : others.toString().lines().toList()) {
      int colon = line.indexOf(": ");
      String name = line.substring(0, colon);
      if (first(name).isEmpty()) {
        all = all.with(name, line.substring(colon + 2));
      }
    }
    return all;
  }

  /// These fields without those of this name.
  public Fields without(String name) {
    String unwanted = name.toLowerCase(Locale.ROOT) + ": ";
    StringBuilder left = new StringBuilder();
    for (String line : toString().lines().toList()) {
      if (!line.toLowerCase(Locale.ROOT).startsWith(unwanted)) {
        left.append(line).append("\r\n");
      }
    }
    return new Fields(left.toString().getBytes(ISO_8859_1));
  }

  /// The value of the first field of this name.
  public Optional<String> first(String name) {
    String wanted = name.toLowerCase(Locale.ROOT) + ": ";
    return toString()
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
        .map(line -> line.substring(wanted.length()))
        .findFirst();
  }

  /// How many bytes they take on the wire.
  public int length() {
    return encoded.length;
  }

  /// Copies the encoded fields into `into`, which has room for [#length()].
  public void copyTo(byte[] into, int at) {
    System.arraycopy(encoded, 0, into, at, encoded.length);
  }

  @Override
  public String toString() {
    return new String(encoded, ISO_8859_1);
  }

  private static String checked(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        throw new IllegalArgumentException("not allowed in a header field: U+" + (int) c);
      }
    }
    return text;
  }
}
