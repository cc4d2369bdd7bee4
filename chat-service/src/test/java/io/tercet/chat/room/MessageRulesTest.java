package io.tercet.chat.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ibm.icu.text.UnicodeSet;
import io.tercet.chat.people.NameExamples;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {

  @Test
  void countsCharactersNotUtf16() {
    assertThatCode(() -> MessageRules.check("c", "👋".repeat(4_000), false))
        .doesNotThrowAnyException();
    ProblemException refusal = refusal("c", "👋".repeat(4_001));
    assertThat(refusal.type()).isEqualTo(ProblemType.MESSAGE_TOO_LONG);
    assertThat(refusal.detail())
        .isEqualTo("A message may have 4,000 characters; this one has 4,001.");
  }

  @Test
  void refusesAMessageInWhichNothingShows() {
    assertThat(NameExamples.texts("blankMessages"))
        .allSatisfy(
            text -> assertThat(refusal("c", text).type()).isEqualTo(ProblemType.MESSAGE_EMPTY));
    assertThat(NameExamples.texts("visibleMessages"))
        .allSatisfy(text ->
            assertThatCode(() -> MessageRules.check("c", text, false)).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "half \uD83D of a pair", "\uDC4B"})
  void refusesWhatCannotBeStoredEverywhere(String text) {
    assertThat(refusal("c", text).type()).isEqualTo(ProblemType.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "slash/", "ünïcode", "x\n"})
  void refusesAnIdOfOtherCharacters(String id) {
    assertThat(refusal(id, "text").type()).isEqualTo(ProblemType.INVALID_REQUEST);
    assertThat(refusal("x".repeat(65), "text").type()).isEqualTo(ProblemType.INVALID_REQUEST);
  }

  @Test
  void takesEachEmojiThatUnicodeRecommends() {
    List<String> all = new ArrayList<>();
    new UnicodeSet("[:RGI_Emoji:]").iterator().forEachRemaining(all::add);
    assertThat(all).hasSizeGreaterThan(3_700);
    assertThat(all)
        .allSatisfy(emoji -> {
          assertThat(MessageRules.emoji(emoji)).isEqualTo(emoji);
          assertThat(MessageRules.emoji(emoji.replace("\uFE0F", ""))).isEqualTo(emoji);
          assertThat(emoji.getBytes(UTF_8).length).isLessThanOrEqualTo(64);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a",
        "1",
        "#",
        "\uFE0F",
        "©️©️",
        "👍👍",
        "👍 ",
        " 👍",
        "👍a",
        "👍\u200D",
        "🇦",
        "😀︎",
        "\u200D",
        "☃️☃",
        "\uD83D",
        "👩\u200D👩\u200D👩",
        "<b>",
        "a\0b",
        ":tada:"
      })
  void takesNothingElseForAnEmoji(String text) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> MessageRules.emoji(text))
        .satisfies(refusal -> {
          assertThat(refusal.type()).isEqualTo(ProblemType.INVALID_REQUEST);
          assertThat(refusal.detail())
              .isEqualTo("A reaction is one emoji, percent-encoded in UTF-8.");
        });
  }

  private static ProblemException refusal(String id, String text) {
    return catchThrowableOfType(ProblemException.class, () -> MessageRules.check(id, text, false));
  }
}
