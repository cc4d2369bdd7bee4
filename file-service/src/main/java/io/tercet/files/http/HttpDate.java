package io.tercet.files.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Dates in headers: written as IMF-fixdate; read in each of the three forms of HTTP.
///
/// Source: RFC 9110 §5.6.7.
final class HttpDate {
  private static final int FUTURE_YEARS_MAX = 50;
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);

  private HttpDate() {}

  static String format(Instant time) {
    return IMF_FIXDATE.format(time);
  }

  /// Empty for a text that is no date: such a header is ignored.
  static Optional<Instant> parse(String text, LocalDate today) {
    // RFC_1123 also reads days of one digit.
    for (DateTimeFormatter form :
        List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(today), ASCTIME)) {
      try {
        return Optional.of(Instant.from(form.parse(text)));
      } catch (DateTimeParseException _) {
        // another form, or no date
      }
    }
    return Optional.empty();
  }

  /// Its year has two digits and lies at most 50 years ahead.
  private static DateTimeFormatter rfc850(LocalDate today) {
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, today.getYear() + FUTURE_YEARS_MAX - 99)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.US)
        .withZone(ZoneOffset.UTC);
  }
}
