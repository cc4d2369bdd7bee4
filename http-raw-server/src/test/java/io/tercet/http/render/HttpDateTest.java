package io.tercet.http.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Dates in the form that must be written, and in the two that must still be read.
class HttpDateTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-05-06T07:08:09Z"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
        "Wed Nov 16 08:49:37 1994|1994-11-16T08:49:37Z",
        "Thursday, 29-Feb-24 00:00:00 GMT|2024-02-29T00:00:00Z"
      })
  void isReadInEachOfItsForms(String text, Instant date) {
    assertThat(HttpDate.parse(text, CLOCK)).hasValue(date);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wednesday, 06-May-76 07:08:09 GMT|2076-05-06T07:08:09Z",
        "Thursday, 06-May-76 07:08:10 GMT|1976-05-06T07:08:10Z",
        "Friday, 31-Dec-76 00:00:00 GMT|1976-12-31T00:00:00Z",
        "Thursday, 01-Jan-76 00:00:00 GMT|2076-01-01T00:00:00Z",
        "Saturday, 01-Jan-77 00:00:00 GMT|1977-01-01T00:00:00Z"
      })
  void ofTwoDigitsOfAYearIsAtMostFiftyYearsAhead(String text, Instant date) {
    assertThat(HttpDate.parse(text, CLOCK)).hasValue(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "junk",
        "1994-11-06T08:49:37Z",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 31-Feb-94x08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 1994 GMT"
      })
  void isNothingElse(String text) {
    assertThat(HttpDate.parse(text, CLOCK)).isEmpty();
  }
}
