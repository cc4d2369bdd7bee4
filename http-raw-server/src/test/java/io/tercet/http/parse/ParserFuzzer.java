package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.parse.StrictReader.End;
import io.tercet.http.parse.StrictReader.Reading;
import java.util.Arrays;
import java.util.List;

/// The parser against the reference: what it sees in any bytes is what [StrictReader] sees, at the
/// same offsets, however the bytes arrive.
///
/// Jazzer calls [#fuzzerTestOneInput]; so does [FuzzSeedsTest] with the corpus and its mutations.
public final class ParserFuzzer {
  /// So small that short streams reach them.
  static final RequestLimits LIMITS = new RequestLimits(64, 160, 6, 64, 16);

  /// What might have come next, had the stream gone on.
  private static final List<String> CONTINUATIONS =
      List.of(
          "\r\n\r\n",
          "\n\r\n",
          "\r\nHost: a\r\n\r\n",
          "\nHost: a\r\n\r\n",
          " / HTTP/1.1\r\nHost: a\r\n\r\n",
          "/ HTTP/1.1\r\nHost: a\r\n\r\n",
          " HTTP/1.1\r\nHost: a\r\n\r\n",
          "TTP/1.1\r\nHost: a\r\n\r\n",
          "1\r\nHost: a\r\n\r\n",
          ": a\r\n\r\n",
          ": a\r\nHost: a\r\n\r\n",
          "0\r\n\r\n",
          "\r\n0\r\n\r\n",
          "\n0\r\n\r\n");

  /// A request for another host, or for the same.
  private static final byte[] OTHER = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);

  private ParserFuzzer() {}

  /// Fails with an `AssertionError` that names both views, if they differ.
  public static void fuzzerTestOneInput(byte[] bytes) {
    List<String> whole = events(bytes, bytes.length, LIMITS);
    agree(bytes, LIMITS, whole);
    CorpusTest.Reader byteByByte = new CorpusTest.Reader(LIMITS);
    for (int length = 1; length <= bytes.length; length++) {
      byteByByte.read(bytes, length);
    }
    same(bytes, "byte by byte", whole, byteByByte.events());
    RequestParser used = new RequestParser(LIMITS);
    for (String time : List.of("the first time", "the second time", "the third time")) {
      List<String> events = new CorpusTest.Reader(used, LIMITS).read(bytes, bytes.length).events();
      same(bytes, time + " that a parser reads it", whole, events);
      used.parse(OTHER, 0, OTHER.length);
    }
    for (int split = 1; split < bytes.length; split++) {
      same(bytes, "split at " + split, whole, events(bytes, split, LIMITS));
    }
  }

  /// What the parser sees if the bytes come in two pieces.
  static List<String> events(byte[] bytes, int split, RequestLimits limits) {
    return new CorpusTest.Reader(limits).read(bytes, split).read(bytes, bytes.length).events();
  }

  /// Fails if the parser's events are not what the reference sees.
  static void agree(byte[] bytes, RequestLimits limits, List<String> seen) {
    Reading reference = StrictReader.read(bytes, limits);
    List<String> plain =
        seen.stream().map(event -> event.startsWith("refused") ? "refused" : event).toList();
    List<String> expected = reference.events();
    if (reference.end() == End.UNFINISHED && plain.getLast().equals("refused")) {
      // A line may be refused before it ends, if no end could make it right.
      expected.set(expected.size() - 1, "refused");
      refusedInTime(bytes, limits, reference);
    }
    same(bytes, "against the reference", expected, plain);
  }

  private static void refusedInTime(byte[] bytes, RequestLimits limits, Reading reference) {
    for (String continuation : CONTINUATIONS) {
      byte[] longer = Arrays.copyOf(bytes, bytes.length + continuation.length());
      byte[] more = continuation.getBytes(ISO_8859_1);
      System.arraycopy(more, 0, longer, bytes.length, more.length);
      Reading with = StrictReader.read(longer, limits);
      if (with.requests().size() > reference.requests().size()
          || with.whole() > reference.whole()) {
        throw new AssertionError(
            "refused too early: with %s it is %s%n%s"
                .formatted(quoted(more), with.events(), quoted(bytes)));
      }
    }
  }

  private static void same(byte[] bytes, String how, List<String> expected, List<String> actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError(
          "%s%n  expected %s%n  but was  %s%n  for %s"
              .formatted(how, expected, actual, quoted(bytes)));
    }
  }

  /// As a Java string, to become a case of the corpus.
  public static String quoted(byte[] bytes) {
    StringBuilder quoted = new StringBuilder();
    for (byte octet : bytes) {
      switch (octet) {
        case '\r' -> quoted.append("\\r");
        case '\n' -> quoted.append("\\n");
        case '\\' -> quoted.append("\\\\");
        default -> {
          boolean plain = octet >= ' ' && octet < 0x7f;
          quoted.append(plain ? Character.toString(octet) : "\\x%02x".formatted(octet));
        }
      }
    }
    return quoted.toString();
  }
}
