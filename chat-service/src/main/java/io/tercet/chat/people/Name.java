package io.tercet.chat.people;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.text.Normalizer;
import java.util.Locale;

/// A name of a person or a room, and its key. Two names with the same key are the same name.
///
/// Shape: a letter or digit first, then letters, digits, `.`, `_`, `-`, of any script; marks may
/// follow, since many scripts write vowels as marks. The key is the name after NFKC and case
/// folding, so `Ada`, `ADA` and `Ａｄａ` are one name.
///
/// Source: contracts/http.md; Unicode UAX #15 (NFKC), UAX #31 (folding: NFKC, fold, NFKC again).
public record Name(String shown, String key) {

  /// Longest name of a person, in characters (code points).
  public static final int PERSON_CHARACTERS_MAX = 32;

  /// Longest name of a room, in characters (code points).
  public static final int ROOM_CHARACTERS_MAX = 64;

  /// Parses the name of a person. Throws `invalid-name`.
  public static Name ofPerson(String raw) {
    return of(raw, PERSON_CHARACTERS_MAX);
  }

  /// Parses the name of a room. Throws `invalid-name`.
  public static Name ofRoom(String raw) {
    return of(raw, ROOM_CHARACTERS_MAX);
  }

  private static Name of(String raw, int charactersMax) {
    // A character is at most two chars here, and NFC makes no name longer than three times itself.
    if (raw.isEmpty() || raw.length() > charactersMax * 6) {
      throw invalid(charactersMax);
    }
    String shown = Normalizer.normalize(raw, Normalizer.Form.NFC);
    int[] characters = shown.codePoints().toArray();
    if (characters.length > charactersMax || !Character.isLetterOrDigit(characters[0])) {
      throw invalid(charactersMax);
    }
    for (int character : characters) {
      if (!mayFollow(character)) {
        throw invalid(charactersMax);
      }
    }
    return new Name(shown, fold(shown));
  }

  private static boolean mayFollow(int character) {
    return switch (character) {
      case '.', '_', '-' -> true;
      default ->
          Character.isLetterOrDigit(character)
              || Character.getType(character) == Character.NON_SPACING_MARK
              || Character.getType(character) == Character.COMBINING_SPACING_MARK;
    };
  }

  private static String fold(String shown) {
    String compatible = Normalizer.normalize(shown, Normalizer.Form.NFKC);
    // Java has no case folding; upper then lower case maps what folding maps (ß, ς, ſ, final
    // forms).
    String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(folded, Normalizer.Form.NFKC);
  }

  private static ProblemException invalid(int charactersMax) {
    return new ProblemException(
        ProblemType.INVALID_NAME,
        "A name has 1 to "
            + charactersMax
            + " characters: a letter or digit first, then letters, digits, '.', '_' or '-'.");
  }
}
