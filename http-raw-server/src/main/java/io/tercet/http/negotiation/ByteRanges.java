package io.tercet.http.negotiation;

import io.tercet.http.message.Body.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a file that a Range field asks for: `bytes=0-99, 200-, -50`.
///
/// - Empty members of the list do not count (RFC 9110 §5.6.1.2).
/// - Bounds: 16 ranges, which together are no longer than the file. A request beyond that gets the
///   whole file, because such parts cost more to send than to ask for (RFC 9110 §17.15).
///
/// Source: RFC 9110 §14.
public sealed interface ByteRanges {

  /// No range that counts: send the whole file.
  record Whole() implements ByteRanges {}

  /// One or more ranges that lie in the file, in the order of the request.
  record Parts(List<Region> regions) implements ByteRanges {}

  /// No range lies in the file.
  record Unsatisfiable() implements ByteRanges {}

  /// The most ranges that are served in one response.
  int COUNT_MAX = 16;

  /// `FIRST-LAST`, `FIRST-` or `-LENGTH`. A number of 18 digits fits a long.
  Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18})");

  /// Reads a Range field for a file of this length in bytes.
  static ByteRanges parse(Optional<String> field, long length) {
    if (field.isEmpty() || !field.get().regionMatches(true, 0, "bytes=", 0, 6)) {
      return new Whole();
    }
    List<Region> regions = new ArrayList<>(2);
    long total = 0;
    int count = 0;
    for (String each : field.get().substring(6).split(",", -1)) {
      String spec = each.strip();
      if (spec.isEmpty()) {
        continue;
      }
      Matcher range = RANGE.matcher(spec);
      if (!range.matches() || isReversed(range) || ++count > COUNT_MAX) {
        return new Whole();
      }
      if (length == 0 && range.group(1) == null && Long.parseLong(range.group(3)) > 0) {
        // All of an empty file, which no region can express (RFC 9110 §14.1.2).
        return new Whole();
      }
      Region region = region(range, length);
      if (region.length() > 0) {
        regions.add(region);
        total += region.length();
      }
    }
    if (count == 0) {
      return new Whole();
    }
    if (regions.isEmpty()) {
      return new Unsatisfiable();
    }
    return regions.size() > 1 && total > length ? new Whole() : new Parts(List.copyOf(regions));
  }

  private static boolean isReversed(MatchResult range) {
    String last = range.group(2);
    return last != null && !last.isEmpty() && Long.parseLong(range.group(1)) > Long.parseLong(last);
  }

  /// The part of the file that a valid range means; its length is 0 if it lies outside.
  private static Region region(MatchResult range, long length) {
    if (range.group(1) == null) {
      long suffix = Math.min(Long.parseLong(range.group(3)), length);
      return new Region(length - suffix, suffix);
    }
    long first = Long.parseLong(range.group(1));
    String end = range.group(2);
    long last = end.isEmpty() ? length - 1 : Math.min(Long.parseLong(end), length - 1);
    return new Region(first, Math.max(0, last - first + 1));
  }
}
