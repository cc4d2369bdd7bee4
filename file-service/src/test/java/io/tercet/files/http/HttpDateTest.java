package io.tercet.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples are those of RFC 9110 §5.6.7.
class HttpDateTest {
  private static final Instant TIME = Instant.parse("1994-11-06T08:49:37Z");
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 29);

  @Test
  void isWrittenWithTwoDigitsForEachDay() {
    assertThat(HttpDate.format(TIME)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(HttpDate.format(Instant.parse("2026-12-31T23:59:59.999Z")))
        .isEqualTo("Thu, 31 Dec 2026 23:59:59 GMT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994"
      })
  void isReadInEachForm(String text) {
    assertThat(HttpDate.parse(text, TODAY)).contains(TIME);
  }

  @Test
  void ofTwoDigitsLiesAtMostFiftyYearsAhead() {
    assertThat(HttpDate.parse("Wednesday, 01-Jan-76 00:00:00 GMT", TODAY))
        .contains(Instant.parse("2076-01-01T00:00:00Z"));
    assertThat(HttpDate.parse("Saturday, 01-Jan-77 00:00:00 GMT", TODAY))
        .contains(Instant.parse("1977-01-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"yesterday", "Sun, 31 Feb 2026 00:00:00 GMT", "Mon, 06 Nov 1994 08:49:37 GMT", "1"})
  void isIgnoredIfItIsNone(String text) {
    assertThat(HttpDate.parse(text, TODAY)).isEmpty();
  }
}
