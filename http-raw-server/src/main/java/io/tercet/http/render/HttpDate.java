package io.tercet.http.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Dates in HTTP. Written is `Sun, 06 Nov 1994 08:49:37 GMT`; read are also the obsolete forms
/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`. Source: RFC 9110 §5.6.7.
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// How far in the future a year of two digits may be.
  private static final int YEARS_AHEAD_MAX = 50;

  /// The length of `Date: `, a date and CRLF.
  static final int LINE_BYTES = 37;

  private final InstantSource clock;
  private volatile Line line = new Line(Long.MIN_VALUE, new byte[0]);

  /// With this clock.
  public HttpDate(InstantSource clock) {
    this.clock = clock;
  }

  /// The instant as HTTP writes it, without fractions of a second.
  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }

  /// A date in one of the three forms, or empty.
  public static Optional<Instant> parse(String text) {
    return parse(text, InstantSource.system());
  }

  /// The same with a clock, which tells the century of a year of two digits.
  static Optional<Instant> parse(String text, InstantSource clock) {
    return parse(text, FORMAT)
        .or(() -> parseRfc850(text, clock.instant()))
        .or(() -> parse(text, asctime()));
  }

  private static Optional<Instant> parse(String text, DateTimeFormatter format) {
    try {
      return Optional.of(format.parse(text, Instant::from));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /// Made when it is needed, which is hardly ever, to start faster.
  private static DateTimeFormatter asctime() {
    return DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
        .withZone(ZoneOffset.UTC);
  }

  /// A date too far in the future was a hundred years ago.
  private static Optional<Instant> parseRfc850(String text, Instant now) {
    LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(YEARS_AHEAD_MAX);
    try {
      LocalDateTime read = LocalDateTime.parse(text, rfc850(latest.getYear() - 99));
      LocalDateTime date = read.isAfter(latest) ? read.minusYears(100) : read;
      return Optional.of(date.toInstant(ZoneOffset.UTC));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /// The day of the week is read but not compared, because the century is not known yet.
  private static DateTimeFormatter rfc850(int firstYear) {
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, firstYear)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH)
        .withResolverFields(
            Set.of(
                ChronoField.YEAR,
                ChronoField.MONTH_OF_YEAR,
                ChronoField.DAY_OF_MONTH,
                ChronoField.HOUR_OF_DAY,
                ChronoField.MINUTE_OF_HOUR,
                ChronoField.SECOND_OF_MINUTE));
  }

  /// The bytes `Date: … CRLF` for now, made once a second.
  byte[] line() {
    long second = Math.floorDiv(clock.millis(), 1000L);
    Line current = line;
    if (current.second != second) {
      String text = "Date: " + format(Instant.ofEpochSecond(second)) + "\r\n";
      current = new Line(second, text.getBytes(ISO_8859_1));
      line = current;
    }
    return current.bytes;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Line(long second, byte[] bytes) {}
}
