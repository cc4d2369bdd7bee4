package io.tercet.files.ftp.data;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Port numbers as an operator writes them: `2130-2139`, `2130,2140-2149`, or `0` for any.
final class PortNumbers {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int MAX = 65_535;

  private PortNumbers() {}

  /// At least one, each once.
  static List<Integer> parse(String text) {
    return Stream.of(text.split(",")).flatMapToInt(PortNumbers::range).distinct().boxed().toList();
  }

  private static IntStream range(String text) {
    Matcher range = RANGE.matcher(text.strip());
    if (range.matches()) {
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first <= last && last <= MAX) {
        return IntStream.rangeClosed(first, last);
      }
    }
    throw new IllegalArgumentException(
        "passive-ports must be ports or ranges of ports such as 2130-2139, not " + text);
  }
}
