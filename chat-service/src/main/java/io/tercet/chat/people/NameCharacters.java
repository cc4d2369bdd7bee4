package io.tercet.chat.people;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;

/// Which characters (code points) names and display names may have.
///
/// Source: UTS 39 §5.4 for [#MARKS_IN_A_ROW_MAX]; UAX 44 for the properties.
public final class NameCharacters {

  /// Most non-spacing marks in a row: more pile up over the neighbouring lines.
  private static final int MARKS_IN_A_ROW_MAX = 4;

  private NameCharacters() {}

  /// A letter or a digit of any script. The letters that show nothing (U+3164 is one) do not count.
  public static boolean isLetterOrDigit(int character) {
    return UCharacter.isLetterOrDigit(character) && !isIgnorable(character);
  }

  /// Whether a name may have this character behind its first. Many scripts write vowels as marks.
  public static boolean mayFollow(int character) {
    return switch (character) {
      case '.', '_', '-' -> true;
      default -> isLetterOrDigit(character) || isMark(character);
    };
  }

  /// Whether a display name may have this character: a blank, or something that one sees.
  static boolean mayBeDisplayed(int character) {
    return character == ' '
        || switch (UCharacter.getType(character)) {
          case UCharacterCategory.CONTROL,
              UCharacterCategory.FORMAT,
              UCharacterCategory.SURROGATE,
              UCharacterCategory.PRIVATE_USE,
              UCharacterCategory.UNASSIGNED ->
              false;
          default -> !isIgnorable(character) && !UCharacter.isUWhiteSpace(character);
        };
  }

  /// Whether no mark stands on too many others.
  static boolean marksFit(String text) {
    int inARow = 0;
    for (int character : text.codePoints().toArray()) {
      inARow =
          UCharacter.getType(character) == UCharacterCategory.NON_SPACING_MARK ? inARow + 1 : 0;
      if (inARow > MARKS_IN_A_ROW_MAX) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMark(int character) {
    int type = UCharacter.getType(character);
    return (type == UCharacterCategory.NON_SPACING_MARK
            || type == UCharacterCategory.COMBINING_SPACING_MARK)
        && !isIgnorable(character);
  }

  private static boolean isIgnorable(int character) {
    return UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }
}
