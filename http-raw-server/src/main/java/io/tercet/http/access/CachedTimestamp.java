package io.tercet.http.access;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as text with a resolution of one second, formatted once a second. Confined to one thread.
final class CachedTimestamp {
  private final DateTimeFormatter format;
  private long second = Long.MIN_VALUE;
  private String text = "";

  CachedTimestamp(String pattern) {
    format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  String of(long millis) {
    long wanted = Math.floorDiv(millis, 1000);
    if (wanted != second) {
      second = wanted;
      text = format.format(Instant.ofEpochSecond(wanted));
    }
    return text;
  }
}
