package io.tercet.http.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Dates as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT`. Source: RFC 9110 §5.6.7.
public final class HttpDate {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /// `Date: ` and CRLF around a date, which is always as long.
  static final int LINE_BYTES = 37;

  private final InstantSource clock;
  private volatile Line line = new Line(Long.MIN_VALUE, new byte[0]);

  /// Dates by this clock.
  public HttpDate(InstantSource clock) {
    this.clock = clock;
  }

  /// The instant as HTTP writes it, without fractions of a second.
  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }

  /// What a client wrote, or empty if it is not a date in the one form that clients must send.
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(FORMAT.parse(text, Instant::from));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }

  /// The bytes `Date: … CRLF` for now. Made once a second, whoever asks.
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
