package io.tercet.files.site;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.regex.Pattern;

/// The rule for the name of a site: one DNS label of `a-z`, `0-9` and `-`.
///
/// Source: RFC 1123 §2.1; RFC 5890 §2.3.1 for [#checkNew]; UTS 39 §4 for [#skeleton].
final class SiteName {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private SiteName() {}

  /// Throws `invalid-name`.
  static void check(String name) {
    if (!LABEL.matcher(name).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_NAME,
          "A site's name has 1 to 63 of a-z, 0-9 and -, and no - at an end.");
    }
  }

  /// Throws `invalid-name` for a name that a browser may show in other letters.
  static void checkNew(String name) {
    if (name.startsWith("--", 2)) {
      throw new ProblemException(
          ProblemType.INVALID_NAME, "A site's name has no -- as its third and fourth characters.");
    }
  }

  /// What a name looks like: names with the same skeleton are hard to tell apart. Of the characters
  /// that a label has, Unicode takes only these for confusable.
  static String skeleton(String name) {
    return name.replace("m", "rn").replace('1', 'l');
  }
}
