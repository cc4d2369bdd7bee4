package io.tercet.chat.room;

import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.text.Characters;
import io.tercet.chat.text.Emoji;
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

  /// Most people whom one message mentions by name: the first ones.
  public static final int NAMED_MAX = 50;

  /// Most people who are present and whom `@here` mentions; where more are present it is text.
  public static final int HERE_MAX = 100;

  private static final Pattern CLIENT_MESSAGE_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private MessageRules() {}

  /// Throws `message-empty`, `message-too-long` or `invalid-request`.
  static void check(String clientMessageId, String text) {
    if (!CLIENT_MESSAGE_ID.matcher(clientMessageId).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST,
          "A clientMessageId has 1 to 64 of A-Z a-z 0-9 '.' '_' ':' '-'.");
    }
    checkText(text);
  }

  /// Throws `message-empty`, `message-too-long` or `invalid-request`.
  static void checkText(String text) {
    if (text.codePoints().noneMatch(Characters::isVisible)) {
      throw new ProblemException(
          ProblemType.MESSAGE_EMPTY, "A message has something that one sees.");
    }
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
    if (!Characters.canBeStored(text)) {
      throw new ProblemException(
          ProblemType.INVALID_REQUEST, "A message is text: no NUL, no half pairs.");
    }
  }

  /// The one way to write the emoji of a reaction: see [Emoji]. Throws `invalid-request`.
  static String emoji(String raw) {
    return Emoji.of(raw)
        .orElseThrow(() ->
            new ProblemException(
                ProblemType.INVALID_REQUEST, "A reaction is one emoji, percent-encoded in UTF-8."));
  }
}
