package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tercet.http.message.Headers;
import java.util.Arrays;

/// Parses the head of a request: request line and header fields, up to the empty line.
///
/// Input may stop anywhere: [ParseResult.Incomplete] means call again with the same bytes and more.
/// It keeps nothing of an incomplete head between calls, and allocates nothing for it.
///
/// - Bounds: [RequestLimits].
/// - Threading: one parser per thread; the offsets it collects are reused.
/// - Rejects what [Rule] lists, each with its section. One empty line before a request is skipped.
///
/// Source: RFC 9112 §2 to §6, RFC 9110 §5.
public final class RequestParser {
  private final RequestLimits limits;
  private final HostCache hosts = new HostCache();
  private int[] offsets = new int[4 * 16];

  /// A parser with these limits.
  public RequestParser(RequestLimits limits) {
    this.limits = limits;
  }

  /// Parses `bytes[from, to)`, where a request should begin.
  public ParseResult parse(byte[] bytes, int from, int to) {
    int start = from;
    if (start < to && bytes[start] == '\r') {
      if (start + 1 == to) {
        return ParseResult.Incomplete.INSTANCE;
      }
      if (bytes[start + 1] != '\n') {
        return ParseResult.Rejected.by(Rule.BARE_CR);
      }
      start += 2;
    }
    int lineMax = limits.requestLineBytesMax();
    int lineEnd = start;
    for (; ; lineEnd++) {
      if (lineEnd - start > lineMax) {
        return ParseResult.Rejected.by(Rule.REQUEST_LINE_TOO_LONG);
      }
      if (lineEnd == to) {
        return ParseResult.Incomplete.INSTANCE;
      }
      byte c = bytes[lineEnd];
      if (c == '\r') {
        break;
      }
      if (c < ' ' || c == 0x7f) {
        return ParseResult.Rejected.by(c == '\n' ? Rule.BARE_LF : Rule.REQUEST_LINE);
      }
    }
    if (lineEnd + 1 == to) {
      return ParseResult.Incomplete.INSTANCE;
    }
    if (bytes[lineEnd + 1] != '\n') {
      return ParseResult.Rejected.by(Rule.BARE_CR);
    }
    return fields(bytes, start, lineEnd, to);
  }

  /// Parses the rest, when the request line `bytes[start, lineEnd)` is complete.
  private ParseResult fields(byte[] bytes, int start, int lineEnd, int to) {
    RequestLine line = RequestLine.parse(bytes, start, lineEnd);
    if (line.broken() != null) {
      return ParseResult.Rejected.by(line.broken());
    }
    int fieldsFrom = lineEnd + 2;
    int position = fieldsFrom;
    int count = 0;
    while (true) {
      int end = fieldLine(bytes, position, to, fieldsFrom, count);
      if (end == FieldLineScanner.INCOMPLETE) {
        return ParseResult.Incomplete.INSTANCE;
      }
      if (end < 0) {
        return rejected(FieldLineScanner.rule(end), line, Headers.none());
      }
      if (end == position + 2) {
        return complete(bytes, start, end, line, count);
      }
      if (count == limits.headerCountMax()) {
        return rejected(Rule.TOO_MANY_FIELDS, line, Headers.none());
      }
      count++;
      position = end;
    }
  }

  private int fieldLine(byte[] bytes, int position, int to, int fieldsFrom, int count) {
    if (4 * count + 4 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    // The scan stops at the limit: the result must not depend on how much has come.
    int bound = Math.min(to, fieldsFrom + limits.headerBytesMax());
    int end = FieldLineScanner.scan(bytes, position, bound, offsets, 4 * count);
    if (end == FieldLineScanner.INCOMPLETE && bound < to) {
      return FieldLineScanner.broken(Rule.FIELDS_TOO_LARGE);
    }
    if (end < 0 && end != FieldLineScanner.INCOMPLETE && count == 0 && position == fieldsFrom) {
      boolean folded = FieldLineScanner.rule(end) == Rule.OBSOLETE_FOLDING;
      return folded ? FieldLineScanner.broken(Rule.SPACE_BEFORE_FIRST_FIELD) : end;
    }
    return end;
  }

  private ParseResult complete(byte[] bytes, int start, int end, RequestLine line, int count) {
    int[] own = new int[4 * count];
    for (int i = 0; i < own.length; i++) {
      own[i] = offsets[i] - start;
    }
    Headers headers = new Headers(Arrays.copyOfRange(bytes, start, end), own, count);
    RequestSemantics semantics = RequestSemantics.of(headers, line, limits.bodyBytesMax(), hosts);
    if (semantics.broken() != null) {
      return rejected(semantics.broken(), line, headers);
    }
    return new ParseResult.Complete(
        line.request(semantics.host(), headers),
        semantics.framing(),
        end,
        semantics.expectsContinue(),
        semantics.keepAlive());
  }

  private static ParseResult rejected(Rule rule, RequestLine line, Headers headers) {
    return ParseResult.Rejected.by(rule, line.request(line.authority(), headers));
  }

  /// Bytes of the wire as text. Callers have checked them.
  static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, ISO_8859_1);
  }
}
