package io.tercet.chat.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a name is found by: its folded form from each of its words on to the end.
///
/// `Sales.Team2026` is found by `sales-team2026`, `team2026` and `2026`, so that a search is one
/// range of an index. `.`, `_`, `-` and blanks are all `-` here. A word begins at the beginning,
/// behind `-`, where letters change to digits or digits to letters, and at every character of a
/// script that writes without blanks (`项目讨论` is also found by `讨论`).
///
/// - Bounds: at most [#WORDS_MAX] words with [#CHARACTERS_MAX] characters each.
/// - Source: [Characters#isOfAScriptWithoutBlanks].
public final class Words {

  private static final int WORDS_MAX = 64;
  private static final int CHARACTERS_MAX = 64;

  private Words() {}

  /// A word with the rest of its name.
  ///
  /// @param text the word and what follows it
  /// @param position of its first character; 0 is the whole name
  /// @param shared the longest beginning, in chars, that it has in common with an earlier word of
  ///     this name. A search for so much, or less, has found the room at the earlier word already
  public record Word(String text, int position, int shared) {}

  /// The words of a name, which is folded (NFKC_Casefold), in order.
  public static List<Word> of(String folded) {
    String text = joined(folded);
    List<Word> words = new ArrayList<>();
    int previous = '-';
    for (int at = 0; at < text.length() && words.size() < WORDS_MAX; ) {
      int character = text.codePointAt(at);
      if (begins(previous, character)) {
        String word = bounded(text.substring(at));
        int shared = words.stream().mapToInt(each -> common(each.text(), word)).max().orElse(0);
        words.add(new Word(word, at, shared));
      }
      previous = character;
      at += Character.charCount(character);
    }
    return words;
  }

  /// What the words that somebody looks for begin with, who typed this folded text; empty for every
  /// word, nothing if no name can have it.
  public static Optional<String> beginning(String folded) {
    // A database does not store this character.
    return folded.contains("\0")
        ? Optional.empty()
        : Optional.of(bounded(joined(folded)));
  }

  private static boolean begins(int previous, int character) {
    if (character == '-' || isMark(character)) {
      return false;
    }
    return previous == '-'
        || UCharacter.isDigit(previous) != UCharacter.isDigit(character)
        || Characters.isOfAScriptWithoutBlanks(previous)
        || Characters.isOfAScriptWithoutBlanks(character);
  }

  private static boolean isMark(int character) {
    int type = UCharacter.getType(character);
    return type == UCharacterCategory.NON_SPACING_MARK
        || type == UCharacterCategory.COMBINING_SPACING_MARK;
  }

  /// The text with one `-` for each run of separators between its words, and none at its ends.
  private static String joined(String folded) {
    StringBuilder text = new StringBuilder(folded.length());
    boolean separated = false;
    for (int character : folded.codePoints().toArray()) {
      if (character == '.' || character == '_' || character == '-' || isBlank(character)) {
        separated = !text.isEmpty();
      } else {
        text.append(separated ? "-" : "").appendCodePoint(character);
        separated = false;
      }
    }
    return text.toString();
  }

  private static boolean isBlank(int character) {
    return UCharacter.isUWhiteSpace(character);
  }

  private static String bounded(String text) {
    return text.codePointCount(0, text.length()) <= CHARACTERS_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, CHARACTERS_MAX));
  }

  private static int common(String one, String other) {
    int at = 0;
    while (at < one.length() && at < other.length() && one.charAt(at) == other.charAt(at)) {
      at++;
    }
    return at;
  }
}
