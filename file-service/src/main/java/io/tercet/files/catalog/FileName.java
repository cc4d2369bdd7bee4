package io.tercet.files.catalog;

import static java.lang.Character.UnicodeScript.ARABIC;
import static java.lang.Character.UnicodeScript.BENGALI;
import static java.lang.Character.UnicodeScript.DEVANAGARI;
import static java.lang.Character.UnicodeScript.GUJARATI;
import static java.lang.Character.UnicodeScript.GURMUKHI;
import static java.lang.Character.UnicodeScript.KANNADA;
import static java.lang.Character.UnicodeScript.KHMER;
import static java.lang.Character.UnicodeScript.MALAYALAM;
import static java.lang.Character.UnicodeScript.MONGOLIAN;
import static java.lang.Character.UnicodeScript.MYANMAR;
import static java.lang.Character.UnicodeScript.NKO;
import static java.lang.Character.UnicodeScript.ORIYA;
import static java.lang.Character.UnicodeScript.SINHALA;
import static java.lang.Character.UnicodeScript.SYRIAC;
import static java.lang.Character.UnicodeScript.TAMIL;
import static java.lang.Character.UnicodeScript.TELUGU;
import static java.lang.Character.UnicodeScript.TIBETAN;

import io.tercet.files.problem.ProblemException;
import io.tercet.files.problem.ProblemType;
import java.util.EnumSet;
import java.util.Set;

/// Which names new files and folders may have: names that people see as they are, and that HTTP can
/// reach.
///
/// A name that is stored already stays, whatever it is: it can be read, renamed and deleted.
final class FileName {
  /// Characters that are neither controls nor format characters, and invisible all the same.
  private static final Set<Integer> INVISIBLE =
      Set.of(0x034f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0);

  private static final Set<Character.UnicodeScript> JOINING =
      EnumSet.of(
          ARABIC,
          SYRIAC,
          MONGOLIAN,
          NKO,
          DEVANAGARI,
          BENGALI,
          GURMUKHI,
          GUJARATI,
          ORIYA,
          TAMIL,
          TELUGU,
          KANNADA,
          MALAYALAM,
          SINHALA,
          KHMER,
          MYANMAR,
          TIBETAN);

  private static final int KEYCAP = 0x20e3;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private FileName() {}

  /// - Errors: `invalid-path` for a name of blanks, or with invisible or deceiving characters.
  static void checkNew(String name) {
    int[] characters = name.codePoints().toArray();
    if (name.codePoints().allMatch(Character::isSpaceChar)) {
      throw new ProblemException(
          ProblemType.INVALID_PATH, "A name has at least one character that is not a blank.");
    }
    for (int i = 0; i < characters.length; i++) {
      int before = i == 0 ? ' ' : characters[i - 1];
      int after = i == characters.length - 1 ? ' ' : characters[i + 1];
      if (deceives(before, characters[i], after)) {
        throw new ProblemException(
            ProblemType.INVALID_PATH,
            "A name may not hold the invisible character U+%04X.".formatted(characters[i]));
      }
    }
  }

  private static boolean deceives(int before, int c, int after) {
    return switch (Character.getType(c)) {
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> !joins(before, c, after);
      case Character.NON_SPACING_MARK ->
          INVISIBLE.contains(c) || (isSelector(c) && !selects(before, c, after));
      case Character.UNASSIGNED -> isReserved(c);
      default -> INVISIBLE.contains(c);
    };
  }

  /// Joiners are part of emoji (👩‍🚀), and of words in scripts whose letters join (نامه‌ها, क्‍ष).
  private static boolean joins(int before, int c, int after) {
    if (c == ZERO_WIDTH_JOINER && isPicture(after)) {
      return isPicture(before) || isSelector(before);
    }
    return (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
        && JOINING.contains(Character.UnicodeScript.of(before))
        && JOINING.contains(Character.UnicodeScript.of(after));
  }

  /// A variation selector belongs behind a picture, an ideograph, or a letter of Mongolian; behind
  /// an ASCII character only in a keycap (1️⃣).
  private static boolean selects(int before, int c, int after) {
    if (c < 0x2000) {
      return Character.UnicodeScript.of(before) == Character.UnicodeScript.MONGOLIAN;
    }
    return isPicture(before) || Character.isIdeographic(before) || after == KEYCAP;
  }

  private static boolean isPicture(int c) {
    return c > 0x7f && Character.isEmoji(c);
  }

  private static boolean isSelector(int c) {
    return (c >= 0x180b && c <= 0x180f)
        || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0100 && c <= 0xe01ef);
  }

  /// Unicode reserves these for characters that will be invisible, or will never be characters.
  private static boolean isReserved(int c) {
    return c == 0x2065
        || (c >= 0xfff0 && c <= 0xfff8)
        || (c >= 0xe0000 && c <= 0xe0fff)
        || (c >= 0xfdd0 && c <= 0xfdef)
        || (c & 0xfffe) == 0xfffe;
  }
}
