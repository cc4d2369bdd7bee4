package io.tercet.chat.people;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a person wants to be called: their name as they write it, perhaps with blanks.
///
/// A display name gives a name ([#given]), which the person owns while they are called so. So nobody
/// is displayed under another person's name.
///
/// Source: contracts/http.md; the examples in contracts/names.json.
final class DisplayName {

  /// Longest display name, in characters (code points).
  static final int CHARACTERS_MAX = 64;

  private static final Pattern BLANKS = Pattern.compile(" +");
  private static final Pattern SEPARATOR = Pattern.compile(" *([._-]) *");

  private DisplayName() {}

  /// The name for a display name: blanks become a dot, and what a name cannot have is left out. A
  /// name gives itself.
  static String handleOf(String displayName) {
    StringBuilder kept = new StringBuilder(displayName.length());
    Normalizer2.getNFCInstance()
        .normalize(displayName)
        .codePoints()
        .map(character -> UCharacter.isUWhiteSpace(character) ? ' ' : character)
        .filter(character -> character == ' ' || NameCharacters.mayFollow(character))
        .forEach(kept::appendCodePoint);
    String joined = SEPARATOR.matcher(kept.toString().strip()).replaceAll("$1");
    String dotted = BLANKS.matcher(joined).replaceAll(".");
    int start = 0;
    while (start < dotted.length() && !NameCharacters.isLetterOrDigit(dotted.codePointAt(start))) {
      start += Character.charCount(dotted.codePointAt(start));
    }
    return dotted.substring(start);
  }

  /// The name that a display name gives, or that a name is.
  static Name given(String displayName) {
    return Name.fromBefore(handleOf(displayName));
  }

  /// The display name to keep with a name; null if it is the name itself. Throws `invalid-name`.
  static @Nullable String of(@Nullable String raw, Name name) {
    if (raw == null) {
      return null;
    }
    if (raw.length() > CHARACTERS_MAX * 6) {
      throw invalid();
    }
    StringBuilder spaced = new StringBuilder(raw.length());
    Normalizer2.getNFCInstance()
        .normalize(raw)
        .codePoints()
        .map(character -> UCharacter.isUWhiteSpace(character) ? ' ' : character)
        .forEach(spaced::appendCodePoint);
    String shown = BLANKS.matcher(spaced.toString().strip()).replaceAll(" ");
    if (shown.codePointCount(0, shown.length()) > CHARACTERS_MAX
        || !shown.codePoints().allMatch(NameCharacters::mayBeDisplayed)
        || !NameCharacters.marksFit(shown)
        || !given(shown).isWellFormed()) {
      throw invalid();
    }
    return shown.equals(name.shown()) ? null : shown;
  }

  private static ProblemException invalid() {
    return new ProblemException(
        ProblemType.INVALID_NAME,
        "A displayName has at most "
            + CHARACTERS_MAX
            + " visible characters, among them a letter or digit.");
  }
}
