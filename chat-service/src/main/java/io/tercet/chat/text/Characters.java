package io.tercet.chat.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;

/// Which characters (code points) show something, can be stored, and end words.
public final class Characters {

  private Characters() {}

  /// Whether one sees the character.
  ///
  /// Source: the examples in contracts/names.json.
  public static boolean isVisible(int character) {
    return switch (character) {
      // BRAILLE PATTERN BLANK and MUSICAL SYMBOL NULL NOTEHEAD count as symbols and show nothing.
      case 0x2800, 0x1D159 -> false;
      default -> {
        int type = UCharacter.getType(character);
        yield type != UCharacterCategory.CONTROL
            && type != UCharacterCategory.FORMAT
            && !UCharacter.isUWhiteSpace(character)
            && !UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
      }
    };
  }

  /// PostgreSQL cannot store NUL, and UTF-8 cannot encode half of a surrogate pair.
  public static boolean canBeStored(String text) {
    return text.codePoints().noneMatch(character -> character == 0 || isLoneSurrogate(character));
  }

  /// Whether the character changes the line, or the direction in which what follows is read.
  public static boolean changesLine(int character) {
    return switch (UCharacter.getType(character)) {
      case UCharacterCategory.CONTROL,
          UCharacterCategory.LINE_SEPARATOR,
          UCharacterCategory.PARAGRAPH_SEPARATOR ->
          true;
      // Embeddings, overrides and isolates; not the marks that Arabic and Hebrew texts have.
      default ->
          (character >= 0x202A && character <= 0x202E)
              || (character >= 0x2066 && character <= 0x2069);
    };
  }

  /// Whether the character is of a script that is written without blanks between words, such as
  /// Chinese.
  ///
  /// Source: UAX 24 for scripts; [UScript#breaksBetweenLetters], and Hangul.
  public static boolean isOfAScriptWithoutBlanks(int character) {
    int script = UScript.getScript(character);
    // Korean has blanks, but compounds are long, particles follow a name, and a name has none.
    return UScript.breaksBetweenLetters(script) || script == UScript.HANGUL;
  }

  private static boolean isLoneSurrogate(int character) {
    return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
  }
}
