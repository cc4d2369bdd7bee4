package io.tercet.http.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises file names with a hash of the content, as build tools make them:
/// `assets/index-BxY3_k9Z.js` (eight characters of base64url, of base32, or of hexadecimal) and
/// `assets/main.0123456789abcdef0123.css` (more of hexadecimal). Browsers may keep such a file for
/// ever.
///
/// A name that a person gave must not be taken for one, because browsers would not notice a change
/// of the file. So a name that reads as words, numbers and dimensions has no hash
/// (`assets/photo-Vacation.jpg`, `assets/report-20261126.pdf`, `assets/hero-1024x768.jpg`). Of
/// eight random characters one in seven reads like that too, one in eleven of hexadecimal, three in
/// ten of base32: browsers then ask for the file again, and nothing else happens.
final class HashedName {
  private static final Pattern NAME =
      Pattern.compile(".*[-.]([A-Za-z0-9_-]{8}|[0-9a-f]{9,64})\\.[A-Za-z0-9]{1,8}(?:\\.map)?");

  /// `word`, `Word`, `WORD`, `twoWords`; possessive, so that it takes linear time.
  private static final String LETTERS = "(?:[A-Z]?[a-z]++(?:[A-Z][a-z]++)*+|[A-Z]*+[a-z]*+)";

  /// The same, `2nd` and `word3`.
  private static final String WORD = "(?:[0-9]*+" + LETTERS + "|" + LETTERS + "[0-9]++)";

  private static final Pattern WORDS = Pattern.compile(WORD + "(?:[-_]" + WORD + ")*+");

  /// `1024x768`.
  private static final Pattern DIMENSIONS = Pattern.compile("[0-9]++(?:x[0-9]++)++");

  /// `2024rev3`, `v10beta2`, `iPhone6s`: up to four pieces. One must be long enough for a word, and
  /// one must have a letter that hexadecimal does not have, or name a month that could be one.
  /// Otherwise half of all hashes in hexadecimal would match.
  private static final Pattern MIXTURE =
      Pattern.compile(
          "(?=.*[a-z]{3})(?=.*(?:[g-z]|feb|dec))"
              + "(?:[0-9]*+%1$s[0-9]++%1$s|%1$s[0-9]++%1$s[0-9]++)".formatted(LETTERS));

  private HashedName() {}

  /// Whether a path, which has no slash at the start, lies below `assets/` and ends in such a name.
  static boolean ends(String path) {
    if (!path.startsWith("assets/") && !path.contains("/assets/")) {
      return false;
    }
    Matcher name = NAME.matcher(path.substring(path.lastIndexOf('/') + 1));
    return name.matches() && !reads(name.group(1));
  }

  private static boolean reads(String text) {
    return WORDS.matcher(text).matches()
        || DIMENSIONS.matcher(text).matches()
        || MIXTURE.matcher(text).matches();
  }
}
