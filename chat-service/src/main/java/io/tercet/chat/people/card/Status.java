package io.tercet.chat.people.card;

import com.ibm.icu.text.Normalizer2;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.text.Characters;
import io.tercet.chat.text.Emoji;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What a person says about themselves for a while: one line of text, perhaps with an emoji.
///
/// @param emoji one RGI emoji; null if there is none
/// @param text [#TEXT_CHARACTERS_MAX] characters (code points) at most, one of them visible
/// @param until when the status ends, exact to the millisecond; null if it does not end by itself
public record Status(@Nullable String emoji, String text, @Nullable Instant until) {

  /// Longest text, in characters (code points).
  public static final int TEXT_CHARACTERS_MAX = 100;

  /// Latest end.
  static final Duration TIME_MAX = Duration.ofDays(366);

  /// Checks what somebody wants to say. Throws `invalid-request`.
  public static Status of(
      @Nullable String rawEmoji, String rawText, @Nullable Instant until, Instant now) {
    String emoji =
        rawEmoji == null
            ? null
            : Emoji.of(rawEmoji).orElseThrow(() -> invalid("The emoji of a status is one emoji."));
    if (until != null && (!until.isAfter(now) || until.isAfter(now.plus(TIME_MAX)))) {
      throw invalid("until is a time within the next year.");
    }
    return new Status(
        emoji, text(rawText), until == null ? null : until.truncatedTo(ChronoUnit.MILLIS));
  }

  boolean isOver(Instant now) {
    return until != null && !until.isAfter(now);
  }

  private static String text(String raw) {
    // NFC makes no text longer than three times itself.
    if (raw.length() > TEXT_CHARACTERS_MAX * 6 || !Characters.canBeStored(raw)) {
      throw invalidText();
    }
    String text = Normalizer2.getNFCInstance().normalize(raw).strip();
    if (text.codePointCount(0, text.length()) > TEXT_CHARACTERS_MAX
        || text.codePoints().anyMatch(Characters::changesLine)
        || text.codePoints().noneMatch(Characters::isVisible)) {
      throw invalidText();
    }
    return text;
  }

  private static ProblemException invalidText() {
    return invalid(
        "The text of a status is one line of 1 to "
            + TEXT_CHARACTERS_MAX
            + " characters, one of them visible.");
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_REQUEST, detail);
  }
}
