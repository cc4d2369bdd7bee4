package io.tercet.gateway.parse;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.tercet.gateway.problem.ProblemException;
import io.tercet.gateway.problem.ProblemType;
import java.util.Locale;
import java.util.stream.Stream;

/// What the header fields say about the message itself: the host, the coding of the body, and what
/// the client expects.
///
/// Source: RFC 9112 §3.2.2 and §6.1, RFC 9110 §10.1.1.
final class RequestSemantics {

  private static final String CHUNKED = HttpHeaderValues.CHUNKED.toString();

  private RequestSemantics() {}

  /// @param authority of a target in absolute form; empty for the other forms
  /// @throws ProblemException if the fields break a rule
  static void check(HttpRequest request, String authority) {
    checkHost(request, authority);
    checkCodings(request);
    for (var expectation : request.headers().getAll(HttpHeaderNames.EXPECT)) {
      if (!HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
        throw new ProblemException(
            ProblemType.EXPECTATION_FAILED, "Expect nothing but 100-continue.");
      }
    }
  }

  static boolean isChunked(HttpRequest request) {
    return request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }

  /// The target's authority decides, so another `Host` beside it is refused: a service that reads
  /// that one would answer for another site. A missing `Host` is refused later, for every form.
  private static void checkHost(HttpRequest request, String authority) {
    boolean agrees =
        authority.isEmpty()
            || request.headers().getAll(HttpHeaderNames.HOST).stream()
                .allMatch(host -> Authority.isSame(host, authority));
    if (!agrees) {
      throw Refusal.malformed("Send the Host that the target names.");
    }
  }

  /// If chunked is not last, the end of the body is unknown: that is worse than an unknown coding.
  private static void checkCodings(HttpRequest request) {
    var fields = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (fields.isEmpty()) {
      return;
    }
    var codings =
        Stream.of(String.join(",", fields).split(",", -1))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .toList();
    boolean endsOnce =
        codings.getLast().equals(CHUNKED) && codings.indexOf(CHUNKED) == codings.size() - 1;
    if (HttpVersion.HTTP_1_0.equals(request.protocolVersion()) || fields.size() > 1 || !endsOnce) {
      throw Refusal.malformed("Send Transfer-Encoding: chunked, once, or none.");
    }
    if (codings.size() > 1) {
      throw new ProblemException(
          ProblemType.NOT_IMPLEMENTED, "Only the transfer coding chunked is understood.");
    }
  }
}
