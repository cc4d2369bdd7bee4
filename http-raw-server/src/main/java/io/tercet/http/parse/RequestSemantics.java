package io.tercet.http.parse;

import io.tercet.http.message.Headers;
import io.tercet.http.message.Version;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the header fields say about the message itself: the host, the length of the body, and
/// whether the connection stays open.
///
/// @param broken the rule they break, and then nothing else counts
record RequestSemantics(
    String host,
    Framing framing,
    boolean expectsContinue,
    boolean keepAlive,
    @Nullable Rule broken) {
  private static final String CHUNKED = "chunked";

  static RequestSemantics of(
      Headers headers, RequestLine line, long bodyBytesMax, HostCache hosts) {
    Version version = line.version();
    int field = headers.indexOf("host", 0);
    if (field < 0 && version == Version.HTTP_1_1) {
      return broken(Rule.HOST_MISSING);
    }
    if (field >= 0 && headers.indexOf("host", field + 1) >= 0) {
      return broken(Rule.HOST_REPEATED);
    }
    String host = field < 0 ? "" : hosts.read(headers, field);
    if (host == null) {
      return broken(Rule.HOST_INVALID);
    }
    if (!line.authority().isEmpty()) {
      // The target of CONNECT names a port that Host often lacks, and nothing here connects.
      boolean free = field < 0 || line.method().equals("CONNECT");
      if (!free && !HostSyntax.isSame(line.authority(), host)) {
        return broken(Rule.HOST_CONTRADICTED);
      }
      host = line.authority();
    }
    List<String> lengths = headers.all("content-length");
    List<String> codings = headers.all("transfer-encoding");
    Rule framingRule = framingRule(lengths, codings, version, bodyBytesMax);
    if (framingRule != null) {
      return broken(framingRule);
    }
    Framing framing = Framing.Length.NONE;
    if (!codings.isEmpty()) {
      framing = new Framing.Chunked();
    } else if (!lengths.isEmpty()) {
      framing = new Framing.Length(Long.parseLong(lengths.getFirst()));
    }
    Optional<String> expectation = headers.joined("expect");
    boolean expectsContinue =
        expectation.isPresent() && expectation.get().equalsIgnoreCase("100-continue");
    if (expectation.isPresent() && !expectsContinue) {
      return broken(Rule.EXPECTATION_UNKNOWN);
    }
    // A client of HTTP/1.0 does not know 100 (RFC 9110 §10.1.1).
    expectsContinue &= version == Version.HTTP_1_1;
    return new RequestSemantics(host, framing, expectsContinue, keepAlive(headers, version), null);
  }

  private static @Nullable Rule framingRule(
      List<String> lengths, List<String> codings, Version version, long bodyBytesMax) {
    if (!codings.isEmpty()) {
      if (!lengths.isEmpty()) {
        return Rule.LENGTH_AND_CODING;
      }
      if (version == Version.HTTP_1_0) {
        return Rule.CODING_IN_1_0;
      }
      return codings.size() > 1 ? Rule.CODING_REPEATED : codingRule(codings.getFirst());
    }
    if (lengths.size() > 1) {
      return Rule.LENGTH_REPEATED;
    }
    return lengths.isEmpty() ? null : lengthRule(lengths.getFirst(), bodyBytesMax);
  }

  /// If chunked is not last, the end of the body is unknown: that is worse than an unknown coding.
  private static @Nullable Rule codingRule(String codings) {
    if (codings.equalsIgnoreCase(CHUNKED)) {
      return null;
    }
    int comma = codings.lastIndexOf(',');
    if (!codings.substring(comma + 1).strip().equalsIgnoreCase(CHUNKED)) {
      return Rule.CODING_NOT_LAST;
    }
    for (String coding : codings.substring(0, comma).split(",", -1)) {
      if (coding.strip().equalsIgnoreCase(CHUNKED)) {
        return Rule.CODING_REPEATED;
      }
    }
    return Rule.CODING_UNKNOWN;
  }

  private static @Nullable Rule lengthRule(String length, long bodyBytesMax) {
    if (length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Rule.LENGTH_INVALID;
    }
    if (length.length() > 18 || Long.parseLong(length) > bodyBytesMax) {
      return Rule.BODY_TOO_LARGE;
    }
    return null;
  }

  private static boolean keepAlive(Headers headers, Version version) {
    Optional<String> connection = headers.joined("connection");
    if (connection.isEmpty()) {
      return version == Version.HTTP_1_1;
    }
    boolean keep = version == Version.HTTP_1_1;
    for (String option : connection.get().split(",", -1)) {
      String token = option.strip();
      if (token.equalsIgnoreCase("close")) {
        return false;
      }
      keep |= token.equalsIgnoreCase("keep-alive");
    }
    return keep;
  }

  private static RequestSemantics broken(Rule rule) {
    return new RequestSemantics("", Framing.Length.NONE, false, false, rule);
  }
}
