package io.tercet.files.download;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a content: the bytes `first` to `last`, both included, counted from 0.
public record ByteRange(long first, long last) {
  private static final Pattern SPEC = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

  public long length() {
    return last - first + 1;
  }

  /// The ranges of a `Range` header that are inside the content; an empty list if none is. Ranges
  /// that overlap are merged, so that no byte is sent twice.
  ///
  /// An empty Optional means that the header is malformed or has more than `max` ranges: then it is
  /// ignored, and the whole content is sent.
  ///
  /// Source: RFC 9110 §14.1.1, §14.2.
  public static Optional<List<ByteRange>> parse(String header, long size, int max) {
    if (!header.regionMatches(true, 0, "bytes=", 0, 6)) {
      return Optional.empty();
    }
    String[] specs = header.substring(6).split(",", max + 1);
    List<ByteRange> ranges = new ArrayList<>();
    for (String spec : specs) {
      Matcher m = SPEC.matcher(spec.strip());
      if (specs.length > max || !m.matches() || spec.strip().equals("-")) {
        return Optional.empty();
      }
      if (!m.group(1).isEmpty() && !m.group(2).isEmpty() && number(m, 1) > number(m, 2)) {
        return Optional.empty();
      }
      ByteRange range = of(m, size);
      if (range.first() < size && range.length() > 0) {
        ranges.add(range);
      }
    }
    return Optional.of(merged(ranges));
  }

  /// The ranges in their order if none overlap, else merged and in ascending order.
  private static List<ByteRange> merged(List<ByteRange> ranges) {
    List<ByteRange> merged = new ArrayList<>();
    for (ByteRange range : ranges.stream().sorted(comparingLong(ByteRange::first)).toList()) {
      if (merged.isEmpty() || range.first() > merged.getLast().last()) {
        merged.add(range);
      } else {
        ByteRange before = merged.removeLast();
        merged.add(new ByteRange(before.first(), Math.max(before.last(), range.last())));
      }
    }
    return merged.size() == ranges.size() ? ranges : merged;
  }

  private static ByteRange of(Matcher m, long size) {
    if (m.group(1).isEmpty()) {
      return new ByteRange(Math.max(0, size - number(m, 2)), size - 1);
    }
    long last = m.group(2).isEmpty() ? size - 1 : Math.min(number(m, 2), size - 1);
    return new ByteRange(number(m, 1), last);
  }

  private static long number(Matcher m, int group) {
    return Long.parseLong(m.group(group));
  }
}
