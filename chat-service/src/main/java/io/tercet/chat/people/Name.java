package io.tercet.chat.people;

import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.List;
import java.util.stream.Stream;

/// A name of a person or a room, and its key. Two names with the same key are the same name.
///
/// - Shape of a new name: a letter or digit first, then letters, digits, `.`, `_`, `-`, of any
///   script; marks may follow, since many scripts write vowels as marks. Every character shows.
/// - `shown` is the name as it was typed, in NFC.
/// - `key` is NFKC_Casefold of it, which also drops what is invisible: `Ada`, `ADA` and `Ａｄａ` are
///   one name.
/// - [#skeletons] say what the name looks like. A new name must not look like one that is taken.
///
/// Source: contracts/http.md; UAX 31 (NFKC_Casefold); UTS 39 §4 (skeletons).
public record Name(String shown, String key) {

  /// Longest name of a person, in characters (code points).
  public static final int PERSON_CHARACTERS_MAX = 32;

  /// Longest name of a room, in characters (code points).
  public static final int ROOM_CHARACTERS_MAX = 64;

  private static final Normalizer2 NFC = Normalizer2.getNFCInstance();
  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();

  /// Parses the name of a new person. Throws `invalid-name`.
  public static Name ofPerson(String raw) {
    return of(raw, PERSON_CHARACTERS_MAX);
  }

  /// Parses the name of a new room. Throws `invalid-name`.
  public static Name ofRoom(String raw) {
    return of(raw, ROOM_CHARACTERS_MAX);
  }

  /// The name that somebody means who looks for a person: it may be written as a display name. The
  /// key is empty, and nobody's, if it cannot be a name.
  static Name meantBy(String typed) {
    if (typed.length() > DisplayName.CHARACTERS_MAX * 2) {
      return new Name("", "");
    }
    String shown = NFC.normalize(typed);
    return new Name(shown, fold(DisplayName.handleOf(shown)));
  }

  /// A name that was given under an older rule.
  public static Name fromBefore(String shown) {
    return new Name(shown, fold(shown));
  }

  /// What this name looks like as it is shown, as it is folded, and as the folded name that it
  /// looks like (`PaypaI` looks like `paypal`): one to three texts, in order.
  public List<String> skeletons() {
    return Stream.of(shown, key, fold(CONFUSABLES.getSkeleton(shown)))
        .map(CONFUSABLES::getSkeleton)
        .filter(skeleton -> !skeleton.isEmpty())
        .distinct()
        .sorted()
        .toList();
  }

  static String fold(String shown) {
    return NFKC_CASEFOLD.normalize(shown);
  }

  private static Name of(String raw, int charactersMax) {
    // A character is at most two chars here, and NFC makes no name longer than three times itself.
    if (raw.isEmpty() || raw.length() > charactersMax * 6) {
      throw invalid(charactersMax);
    }
    Name name = fromBefore(NFC.normalize(raw));
    if (name.shown.codePointCount(0, name.shown.length()) > charactersMax || !name.isWellFormed()) {
      throw invalid(charactersMax);
    }
    return name;
  }

  /// Whether it has the shape of a new name, however long it is.
  boolean isWellFormed() {
    // Compatibility characters may fold to blanks.
    return isWellFormed(shown) && isWellFormed(key);
  }

  private static boolean isWellFormed(String name) {
    return !name.isEmpty()
        && NameCharacters.isLetterOrDigit(name.codePointAt(0))
        && name.codePoints().allMatch(NameCharacters::mayFollow)
        && NameCharacters.marksFit(name);
  }

  private static ProblemException invalid(int charactersMax) {
    return new ProblemException(
        ProblemType.INVALID_NAME,
        "A name has 1 to "
            + charactersMax
            + " visible characters: a letter or digit first, then letters, digits, '.', '_' or"
            + " '-'.");
  }
}
