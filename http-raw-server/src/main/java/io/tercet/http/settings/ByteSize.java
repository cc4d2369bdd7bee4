package io.tercet.http.settings;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a size as the other services do: digits and `B`, `KB`, `MB`, `GB` or `TB`, which count in
/// 1024.
final class ByteSize {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KB|MB|GB|TB)");
  private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

  private ByteSize() {}

  /// The bytes; empty if it is no size, or more than a `long` holds.
  static OptionalLong parse(String text) {
    Matcher size = FORM.matcher(text);
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    long unit = 1L << (10 * UNITS.indexOf(size.group(2)));
    long number = Long.parseLong(size.group(1));
    return number > Long.MAX_VALUE / unit ? OptionalLong.empty() : OptionalLong.of(number * unit);
  }
}
