package io.tercet.chat.people.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.chat.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What people may say about themselves.
class StatusTest {

  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "On holiday 🏖️", "会议中", "<script>alert(1)</script>", "👩\u200D💻 at work", "שלום\u200F"})
  void isTextAsItWasTyped(String text) {
    assertThat(Status.of(null, "  " + text + " ", null, NOW))
        .isEqualTo(new Status(null, text, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", "\u200B", "\u2800", "a\nb", "a\u2028b", "a\0b", "a\u202Eb", "a\u2067b", "\uD83D"})
  void isRefusedIfItShowsNothingOrChangesTheLine(String text) {
    assertThatThrownBy(() -> Status.of(null, text, null, NOW)).isInstanceOf(ProblemException.class);
  }

  @Test
  void hasABound() {
    assertThat(Status.of(null, "你".repeat(100), null, NOW).text()).hasSize(100);
    assertThatThrownBy(() -> Status.of(null, "你".repeat(101), null, NOW))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> Status.of(null, "a".repeat(1_000_000), null, NOW))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void hasOneEmojiWrittenInOneWay() {
    assertThat(Status.of("❤", "a", null, NOW).emoji()).isEqualTo("❤\uFE0F");
    for (String emoji : new String[] {"", "a", "👍👍", ":tea:"}) {
      assertThatThrownBy(() -> Status.of(emoji, "a", null, NOW))
          .isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void endsWithinAYear() {
    Instant soon = NOW.plusMillis(1);
    Status status = Status.of(null, "a", soon, NOW);
    assertThat(status.isOver(NOW)).isFalse();
    assertThat(status.isOver(soon)).isTrue();
    for (Instant wrong : new Instant[] {NOW, NOW.plus(Duration.ofDays(367)), Instant.MAX}) {
      assertThatThrownBy(() -> Status.of(null, "a", wrong, NOW))
          .isInstanceOf(ProblemException.class);
    }
  }
}
