package io.tercet.http.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tercet.http.message.Status;
import org.junit.jupiter.api.Test;

/// Each limit lets through what it says, and refuses one more.
class RequestLimitsTest {
  private static final RequestLimits SMALL = new RequestLimits(32, 64, 3, 10, 16);

  @Test
  void refusesARequestLineThatIsTooLong() {
    String fits = "GET /" + "a".repeat(32 - 5 - 9) + " HTTP/1.1";
    assertThat(fits).hasSize(32);
    assertThat(parse(fits + "\r\nHost: a\r\n\r\n")).isInstanceOf(ParseResult.Complete.class);
    assertThat(parse("GET /a" + fits.substring(5) + "\r\nHost: a\r\n\r\n"))
        .extracting("status", "rule")
        .containsExactly(Status.URI_TOO_LONG, Rule.REQUEST_LINE_TOO_LONG);
  }

  @Test
  void refusesALongRequestLineBeforeItsEnd() {
    assertThat(parse("GET /" + "a".repeat(40)))
        .extracting("status", "rule")
        .containsExactly(Status.URI_TOO_LONG, Rule.REQUEST_LINE_TOO_LONG);
  }

  @Test
  void refusesHeaderFieldsThatAreTooLong() {
    String host = "Host: a\r\n";
    String fits = "X: " + "b".repeat(64 - host.length() - 3 - 2 - 2) + "\r\n";
    assertThat(parse("GET / HTTP/1.1\r\n" + host + fits + "\r\n"))
        .isInstanceOf(ParseResult.Complete.class);
    assertThat(parse("GET / HTTP/1.1\r\n" + host + "b" + fits + "\r\n"))
        .extracting("status", "rule")
        .containsExactly(Status.HEADERS_TOO_LARGE, Rule.FIELDS_TOO_LARGE);
  }

  @Test
  void refusesHeaderFieldsWithoutEnd() {
    assertThat(parse("GET / HTTP/1.1\r\nX: " + "b".repeat(64)))
        .extracting("status", "rule")
        .containsExactly(Status.HEADERS_TOO_LARGE, Rule.FIELDS_TOO_LARGE);
  }

  @Test
  void refusesTooManyHeaderFields() {
    assertThat(parse("GET / HTTP/1.1\r\nHost: a\r\nB: c\r\nD: e\r\n\r\n"))
        .isInstanceOf(ParseResult.Complete.class);
    assertThat(parse("GET / HTTP/1.1\r\nHost: a\r\nB: c\r\nD: e\r\nF: g\r\n\r\n"))
        .extracting("status", "rule")
        .containsExactly(Status.HEADERS_TOO_LARGE, Rule.TOO_MANY_FIELDS);
  }

  @Test
  void refusesABodyThatSaysItIsTooLarge() {
    assertThat(parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n"))
        .isInstanceOf(ParseResult.Complete.class);
    assertThat(parse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n"))
        .extracting("status", "rule")
        .containsExactly(Status.CONTENT_TOO_LARGE, Rule.BODY_TOO_LARGE);
  }

  @Test
  void refusesChunksThatTogetherAreTooLarge() {
    assertThat(skip("5\r\nhello\r\n5\r\nhello\r\n0\r\n\r\n").isComplete()).isTrue();
    assertThat(skip("5\r\nhello\r\n6\r\n").broken()).isEqualTo(Rule.BODY_TOO_LARGE);
  }

  @Test
  void refusesAChunkLineThatIsTooLong() {
    assertThat(skip("5;" + "x".repeat(14)).broken()).isNull();
    assertThat(skip("5;" + "x".repeat(15)).broken()).isEqualTo(Rule.CHUNK_EXTENSION);
  }

  @Test
  void refusesAChunkLineThatIsTooLongBeforeItsExtension() {
    RequestLimits eight = new RequestLimits(32, 64, 3, 10, 8);
    assertThat(skip("00000005", eight).broken()).isNull();
    assertThat(skip("000000005", eight).broken()).isEqualTo(Rule.CHUNK_SIZE);
    assertThat(skip("00000005;", eight).broken()).isEqualTo(Rule.CHUNK_SIZE);
  }

  @Test
  void refusesTrailersThatAreTooLongOrTooMany() {
    assertThat(skip("0\r\nX: " + "b".repeat(64)).broken()).isEqualTo(Rule.FIELDS_TOO_LARGE);
    assertThat(skip("0\r\na: b\r\na: b\r\na: b\r\n\r\n").isComplete()).isTrue();
    assertThat(skip("0\r\na: b\r\na: b\r\na: b\r\na: b\r\n\r\n").broken())
        .isEqualTo(Rule.TOO_MANY_FIELDS);
  }

  @Test
  void refusesLimitsBelowAnyRequest() {
    assertThatThrownBy(() -> new RequestLimits(0, 64, 3, 10, 16))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ParseResult parse(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return new RequestParser(SMALL).parse(bytes, 0, bytes.length);
  }

  private static BodyDecoder skip(String text) {
    return skip(text, SMALL);
  }

  private static BodyDecoder skip(String text, RequestLimits limits) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    BodyDecoder reader = BodyDecoder.of(new Framing.Chunked(), limits, limits.bodyBytesMax());
    reader.read(bytes, 0, bytes.length, BodyDecoder.Consumer.DISCARD);
    return reader;
  }
}
