package io.tercet.http.negotiation;

import io.tercet.http.message.Body.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
      if (!isRange(spec) || ++count > COUNT_MAX) {
        return new Whole();
      }
      if (length == 0 && isSuffix(spec)) {
        // All of an empty file, which no region can express (RFC 9110 §14.1.2).
        return new Whole();
      }
      Region region = region(spec, length);
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

  private static boolean isRange(String spec) {
    int dash = spec.indexOf('-');
    if (dash < 0 || spec.length() == 1 || spec.length() > 38) {
      return false;
    }
    String first = spec.substring(0, dash);
    String last = spec.substring(dash + 1);
    boolean digits = isNumber(first) && isNumber(last);
    boolean ordered = first.isEmpty() || last.isEmpty() || number(first) <= number(last);
    return digits && ordered;
  }

  /// Whether it asks for the end of the file, with a length that is not zero.
  private static boolean isSuffix(String range) {
    return range.startsWith("-") && number(range.substring(1)) > 0;
  }

  private static boolean isNumber(String text) {
    return text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(String digits) {
    return digits.isEmpty() || !isNumber(digits) ? 0 : Long.parseLong(digits);
  }

  /// The part of the file that a valid range means; its length is 0 if it lies outside.
  private static Region region(String spec, long length) {
    int dash = spec.indexOf('-');
    if (dash == 0) {
      long suffix = Math.min(number(spec.substring(1)), length);
      return new Region(length - suffix, suffix);
    }
    long first = number(spec.substring(0, dash));
    boolean open = dash == spec.length() - 1;
    long last = open ? length - 1 : Math.min(number(spec.substring(dash + 1)), length - 1);
    return new Region(first, Math.max(0, last - first + 1));
  }
}
