package io.tercet.chat.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.Optional;

/// One emoji that Unicode recommends for general interchange (RGI).
///
/// Source: Unicode Technical Standard 51, ED-27 and Annex C.
public final class Emoji {

  private static final String VARIATION_SELECTOR_16 = "\uFE0F";

  private Emoji() {}

  /// The one way to write an emoji that people write in several: with U+FE0F after each character
  /// that is otherwise shown as text. It has at most 64 bytes in UTF-8. Empty for all other texts.
  public static Optional<String> of(String raw) {
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
    return UCharacter.hasBinaryProperty(emoji, UProperty.RGI_EMOJI)
        ? Optional.of(emoji.toString())
        : Optional.empty();
  }

  private static boolean has(int property, int character) {
    return UCharacter.hasBinaryProperty(character, property);
  }
}
