package io.tercet.http.negotiation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.message.Headers;
import org.jspecify.annotations.Nullable;

/// Reads Accept-Encoding, and remembers what it read.
///
/// Every browser sends this field with every request, and there are few different values. So a
/// value that is remembered costs one comparison and no object.
///
/// - Bounds: 16 values of at most 64 bytes, found by their length.
/// - Threading: shared by all. An entry never changes; a lost one is read again.
public final class AcceptEncodingCache {
  private static final String FIELD = "accept-encoding";
  private static final int ENTRIES = 16;
  private static final int VALUE_BYTES_MAX = 64;

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Remembered(byte[] value, AcceptedCodings codings) {}

  private final @Nullable Remembered[] entries = new Remembered[ENTRIES];

  /// What a request accepts.
  public AcceptedCodings read(Headers headers) {
    int field = headers.areNothingButHost() ? -1 : headers.indexOf(FIELD, 0);
    if (field < 0) {
      return AcceptedCodings.PLAIN_ONLY;
    }
    if (headers.indexOf(FIELD, field + 1) >= 0) {
      return AcceptedCodings.parse(headers.joined(FIELD).orElseThrow());
    }
    int slot = headers.valueLength(field) % ENTRIES;
    Remembered known = entries[slot];
    if (known != null && headers.isValue(field, known.value())) {
      return known.codings();
    }
    String value = headers.value(field);
    AcceptedCodings codings = AcceptedCodings.parse(value);
    if (value.length() <= VALUE_BYTES_MAX) {
      entries[slot] = new Remembered(value.getBytes(ISO_8859_1), codings);
    }
    return codings;
  }
}
