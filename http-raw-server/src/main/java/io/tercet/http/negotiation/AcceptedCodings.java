package io.tercet.http.negotiation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.message.Headers;
import org.jspecify.annotations.Nullable;

/// What Accept-Encoding says, as one number: for each [ContentCoding] its weight from 0 (refused) to 1000,
/// in 16 bits at its shift.
///
/// Every browser sends this field with every request, and always the same few values. So it is read
/// without making any object, and what was read is remembered by the length of the value.
///
/// - Without the field nobody asked for a coding, so everything is sent plain. A coding that the
///   list does not name is refused, unless `*` stands for it; plain is then the last resort, unless
///   `identity;q=0` or `*;q=0` refuses it.
/// - A member whose weight cannot be read is passed over; of two for one coding the last counts.
///
/// Threading: shared by all. What is remembered never changes, and may be lost.
///
/// Source: RFC 9110 §12.4.2 and §12.5.3.
public final class AcceptedCodings {
  /// Nothing was asked for.
  public static final long PLAIN_ONLY = 1000;

  private static final String FIELD = "accept-encoding";
  private static final ContentCoding[] CODINGS = ContentCoding.values();
  private static final long MASK = 0xffff;
  private static final int ANY = Long.SIZE;
  private static final int UNKNOWN = -1;
  private static final int WEIGHT_MAX = 1000;
  private static final int LAST_RESORT = 1;

  private static final int REMEMBERED = 16;
  private static final int REMEMBERED_LENGTH_MAX = 64;

  @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
  private record Seen(byte[] value, long weights) {}

  private final @Nullable Seen[] seen = new Seen[REMEMBERED];

  /// The weights that a request gives.
  public long of(Headers headers) {
    int field = headers.areNothingButHost() ? -1 : headers.indexOf(FIELD, 0);
    if (field < 0) {
      return PLAIN_ONLY;
    }
    if (headers.indexOf(FIELD, field + 1) >= 0) {
      return read(headers, field);
    }
    int slot = headers.valueLength(field) % REMEMBERED;
    Seen known = seen[slot];
    if (known != null && headers.isValue(field, known.value())) {
      return known.weights();
    }
    long weights = read(headers, field);
    if (headers.valueLength(field) <= REMEMBERED_LENGTH_MAX) {
      seen[slot] = new Seen(headers.value(field).getBytes(ISO_8859_1), weights);
    }
    return weights;
  }

  private static long read(Headers headers, int first) {
    int field = first;
    long weights = 0;
    long named = 0;
    int any = -1;
    for (; field >= 0; field = headers.indexOf(FIELD, field + 1)) {
      int length = headers.valueLength(field);
      for (int from = 0; from < length; ) {
        int end = find(',', headers, field, from, length);
        int shift = coding(headers, field, from, end);
        int weight = shift == UNKNOWN ? -1 : weight(headers, field, from, end);
        if (weight >= 0 && shift == ANY) {
          any = weight;
        } else if (weight >= 0) {
          weights = (weights & ~(MASK << shift)) | ((long) weight << shift);
          named |= MASK << shift;
        }
        from = end + 1;
      }
    }
    return weights | (others(any) & ~named);
  }

  /// What the codings get that are not named, with this weight of `*`, or -1 without it.
  private static long others(int any) {
    if (any < 0) {
      return LAST_RESORT;
    }
    long all = 0;
    for (ContentCoding coding : CODINGS) {
      all |= (long) any << coding.shift();
    }
    return all;
  }

  /// The weight of one coding.
  public static int weight(long weights, ContentCoding coding) {
    return (int) ((weights >>> coding.shift()) & MASK);
  }

  /// The shift of the coding that a member names, [#ANY] or [#UNKNOWN].
  private static int coding(Headers headers, int field, int memberFrom, int memberEnd) {
    int from = skipSpace(headers, field, memberFrom, memberEnd);
    int end = from;
    while (end < memberEnd && isOfToken(headers.valueOctet(field, end))) {
      end++;
    }
    if (end == from + 1 && headers.valueOctet(field, from) == '*') {
      return ANY;
    }
    for (ContentCoding coding : CODINGS) {
      if (isText(coding.token(), headers, field, from, end)) {
        return coding.shift();
      }
    }
    return isText("x-gzip", headers, field, from, end) ? ContentCoding.GZIP.shift() : UNKNOWN;
  }

  /// `q` of a member in thousandths; -1 if it is not a weight.
  private static int weight(Headers headers, int field, int memberFrom, int memberEnd) {
    int semicolon = find(';', headers, field, memberFrom, memberEnd);
    if (semicolon == memberEnd) {
      return WEIGHT_MAX;
    }
    int at = skipSpace(headers, field, semicolon + 1, memberEnd);
    int end = memberEnd;
    while (end > at && !isOfToken(headers.valueOctet(field, end - 1))) {
      end--;
    }
    boolean named =
        end - at >= 3
            && (headers.valueOctet(field, at) | 0x20) == 'q'
            && headers.valueOctet(field, at + 1) == '=';
    int first = named ? headers.valueOctet(field, at + 2) - '0' : -1;
    boolean shaped = named && (end == at + 3 || headers.valueOctet(field, at + 3) == '.');
    if (!shaped || first < 0 || first > 1 || end - at > 7) {
      return -1;
    }
    int weight = first * WEIGHT_MAX;
    int unit = 100;
    for (int i = at + 4; i < end; i++, unit /= 10) {
      int digit = headers.valueOctet(field, i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      weight += digit * unit;
    }
    return weight > WEIGHT_MAX ? -1 : weight;
  }

  private static int find(char wanted, Headers headers, int field, int from, int to) {
    int at = from;
    while (at < to && headers.valueOctet(field, at) != wanted) {
      at++;
    }
    return at;
  }

  private static int skipSpace(Headers headers, int field, int from, int to) {
    int at = from;
    while (at < to
        && (headers.valueOctet(field, at) == ' ' || headers.valueOctet(field, at) == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean isOfToken(byte octet) {
    return octet > ' ' && octet != ';' && octet != ',';
  }

  private static boolean isText(String token, Headers headers, int field, int from, int end) {
    if (end - from != token.length()) {
      return false;
    }
    for (int i = 0; i < token.length(); i++) {
      int octet = headers.valueOctet(field, from + i);
      int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
      if (lower != token.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
