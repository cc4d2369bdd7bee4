package io.tercet.chat.room;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.Locale;
import java.util.regex.Pattern;

/// The rules for the text and the client id of a message, and for reactions to it.
public final class MessageRules {

  /// Longest text of a message, in characters (code points).
  public static final int TEXT_CHARACTERS_MAX = 4_000;

  /// Most different emoji that one message has.
  public static final int REACTIONS_MAX = 50;

  /// Most pinned messages that one room has.
  public static final int PINS_MAX = 100;

  /// Most people who are named for one emoji of a message: the first ones.
  public static final int REACTION_PEOPLE_MAX = 20;

  private static final String VARIATION_SELECTOR_16 = "\uFE0F";

  private static final Pattern CLIENT_MESSAGE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private MessageRules() {}

  /// The text of a new message as the log has it; only one with files may be empty. Throws
  /// `message-empty`, `message-too-long` or `invalid-request`.
  static String check(String clientMessageId, String raw, boolean hasFiles) {
    if (!CLIENT_MESSAGE_ID.matcher(clientMessageId).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "A clientMessageId has 1 to 64 of A-Z a-z 0-9 '.' '_' ':' '-'.");
    }
    String text = text(raw);
    if (text.isEmpty() && !hasFiles) {
      throw new ProblemException(
          ProblemType.MESSAGE_EMPTY, "A message has something that one sees, or files.");
    }
    return text;
  }

  /// A text as the log has it: empty if one sees nothing of it. Throws
  /// `message-too-long` or `invalid-request`.
  static String text(String raw) {
    checkText(raw);
    return raw.codePoints().anyMatch(MessageRules::isVisible) ? raw : "";
  }

  private static void checkText(String text) {
    int characters = text.codePointCount(0, text.length());
    if (characters > TEXT_CHARACTERS_MAX) {
      throw new ProblemException(
          ProblemType.MESSAGE_TOO_LONG,
          String.format(
              Locale.ROOT,
              "A message may have %,d characters; this one has %,d.",
              TEXT_CHARACTERS_MAX,
              characters));
    }
    if (text.indexOf('\0') >= 0 || text.codePoints().anyMatch(MessageRules::isLoneSurrogate)) {
      // PostgreSQL cannot store NUL, and UTF-8 cannot encode half of a surrogate pair.
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A message is text: no NUL, no half pairs.");
    }
  }

  /// The one way to write an emoji that people write in several: with U+FE0F after each character
  /// that is otherwise shown as text. It has at most 64 bytes in UTF-8. Throws `invalid-request`.
  ///
  /// Source: Unicode Technical Standard 51, ED-27 and Annex C.
  static String emoji(String raw) {
    String bare = raw.replace(VARIATION_SELECTOR_16, "");
    StringBuilder emoji = new StringBuilder(2 * bare.length());
    for (int at = 0; at < bare.length(); at = bare.offsetByCodePoints(at, 1)) {
      int character = bare.codePointAt(at);
      int next = at + Character.charCount(character);
      emoji.appendCodePoint(character);
      boolean isModified =
          next < bare.length() && has(UProperty.EMOJI_MODIFIER, bare.codePointAt(next));
      if (has(UProperty.EMOJI, character)
          && !has(UProperty.EMOJI_PRESENTATION, character)
          && !isModified) {
        emoji.append(VARIATION_SELECTOR_16);
      }
    }
    if (!UCharacter.hasBinaryProperty(emoji, UProperty.RGI_EMOJI)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A reaction is one emoji, percent-encoded in UTF-8.");
    }
    return emoji.toString();
  }

  private static boolean has(int property, int character) {
    return UCharacter.hasBinaryProperty(character, property);
  }

  /// Source: the examples in contracts/names.json.
  private static boolean isVisible(int character) {
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

  private static boolean isLoneSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
