package io.tercet.gateway.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tercet.gateway.problem.ProblemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every stream is read whole, and byte by byte: what is made of it must be the same.
class RequestDecoderTest {

  private static final int LINE_MAX = 512;
  private static final int HEADERS_MAX = 128;
  private static final int FRAME_MAX = 1024;
  private static final String HOST = "Host: a.example\r\n";
  private static final String CHUNKED =
      "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n";

  @Nested
  class Limits {

    @Test
    void aRequestLineMayBeAsLongAsTheSettingSays() {
      assertThat(read(get("/" + "a".repeat(LINE_MAX - 14)))).endsWith("end");
      assertThat(read(get("/" + "a".repeat(LINE_MAX - 13)))).containsExactly("TARGET_TOO_LONG");
      assertThat(read("GET /" + "a".repeat(LINE_MAX))).containsExactly("TARGET_TOO_LONG");
    }

    @Test
    void headerFieldsMayBeAsLongAsTheSettingSaysWithTheirLineEnds() {
      var most = HEADERS_MAX - HOST.length() - "X: \r\n".length();

      assertThat(read(withField("X: " + "x".repeat(most)))).endsWith("end");
      assertThat(read(withField("X: " + "x".repeat(most + 1))))
          .containsExactly("HEADERS_TOO_LARGE");
      assertThat(read(withField("X: " + "x".repeat(4 * HEADERS_MAX))))
          .containsExactly("HEADERS_TOO_LARGE");
      assertThat(read(withField("X: x\r\n".repeat(HEADERS_MAX).strip())))
          .containsExactly("HEADERS_TOO_LARGE");
    }

    @Test
    void eachRequestOfAConnectionHasThem() {
      var field = "X: " + "x".repeat(HEADERS_MAX - HOST.length() - 5);

      assertThat(read(withField(field).repeat(3)))
          .containsExactly("GET /", "end", "GET /", "end", "GET /", "end");
    }

    @Test
    void trailersCountAsHeaders() {
      var before = HOST + "Transfer-Encoding: chunked\r\n";
      var most = HEADERS_MAX - before.length() - "X: \r\n".length();

      assertThat(read(CHUNKED + "0\r\nX: " + "x".repeat(most) + "\r\n\r\n")).endsWith("end");
      assertThat(read(CHUNKED + "0\r\nX: " + "x".repeat(most + 1) + "\r\n\r\n"))
          .endsWith("HEADERS_TOO_LARGE");
    }

    @Test
    void aChunkLineHasTheOneOfHttpRawServer() {
      assertThat(read(CHUNKED + "0;" + "a".repeat(254) + "\r\n\r\n")).endsWith("end");
      assertThat(read(CHUNKED + "0;" + "a".repeat(255) + "\r\n\r\n")).endsWith("INVALID_REQUEST");
      assertThat(read(CHUNKED + "0;" + "a".repeat(300))).endsWith("INVALID_REQUEST");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET  / HTTP/1.1",
        "GET /  HTTP/1.1",
        "GET\t/ HTTP/1.1",
        "GET /\u000bHTTP/1.1",
        "GET / HTTP/1.1 ",
        " GET / HTTP/1.1",
        "\nGET / HTTP/1.1",
        "\r\n\r\nGET / HTTP/1.1",
        "GET /",
        "GET / http/1.1",
        "GET / HTTP/1",
        "GET / HTTP/11.1",
        "G@T / HTTP/1.1",
        "GET /caf\u00e9 HTTP/1.1",
        "GET /a#b HTTP/1.1",
        "GET a HTTP/1.1",
        "GET * HTTP/1.1",
        "GET a.example:80 HTTP/1.1",
        "GET https://a.example/ HTTP/1.1",
        "GET ftp://a.example/ HTTP/1.1",
        "GET http:///x HTTP/1.1",
        "GET http://me@a.example/ HTTP/1.1",
        "GET http://a.example\\@b/ HTTP/1.1",
        "GET http://a.example:8o/ HTTP/1.1",
        "GET http://b.example/ HTTP/1.1",
        "GET http://a.example:81/ HTTP/1.1",
        "GET http://blog.a.example/ HTTP/1.1",
      })
  void refusesWhatIsNoRequestLine(String line) {
    assertThat(read(line + "\r\n" + HOST + "\r\n")).containsExactly("INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/0.9", "HTTP/2.0", "HTTP/9.9"})
  void speaksOneVersion(String version) {
    assertThat(read("GET / " + version + "\r\n" + HOST + "\r\n"))
        .containsExactly("VERSION_NOT_SUPPORTED");
  }

  @Test
  void connectsNobody() {
    assertThat(read("CONNECT a.example:80 HTTP/1.1\r\n" + HOST + "\r\n"))
        .containsExactly("METHOD_NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({
    "GET http://a.example HTTP/1.1,            GET /",
    "GET http://a.example/x?y=http://z HTTP/1.1, GET /x?y=http://z",
    "GET http://a.example?x HTTP/1.1,          GET /?x",
    "GET HTTP://A.Example.:80/x HTTP/1.1,      GET /x",
    "GET http://a.example:/x HTTP/1.1,         GET /x",
    "OPTIONS * HTTP/1.1,                       OPTIONS *",
    "GET //x?a#b HTTP/1.1,                     INVALID_REQUEST",
    "get / HTTP/1.1,                           get /",
    "GET / HTTP/1.0,                           GET /",
  })
  void readsATargetOfEveryForm(String line, String expected) {
    assertThat(read(line + "\r\n" + HOST + "\r\n")).startsWith(expected);
  }

  @Test
  void oneEmptyLineMayStandBeforeARequest() {
    assertThat(read("\r\n" + get("/") + "\r\n" + get("/next")))
        .containsExactly("GET /", "end", "GET /next", "end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: a\r\n b", "X: a\r\n\tb", "X: a\r\n ", " X: a", "X: a\r\n\r b", "X : a"})
  void refusesFieldsThatAreFoldedOrBroken(String field) {
    assertThat(read(withField(field))).containsExactly("INVALID_REQUEST");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip, chunked     | NOT_IMPLEMENTED",
        "gzip,chunked      | NOT_IMPLEMENTED",
        "x, y, Chunked     | NOT_IMPLEMENTED",
        "gzip              | INVALID_REQUEST",
        "identity          | INVALID_REQUEST",
        "chunked, gzip     | INVALID_REQUEST",
        "chunked, chunked  | INVALID_REQUEST",
        "chunked,          | INVALID_REQUEST",
        "xchunked          | INVALID_REQUEST",
      })
  void knowsOneTransferCoding(String coding, String problem) {
    var head = "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: " + coding + "\r\n\r\n";

    assertThat(read(head + "3\r\nabc\r\n0\r\n\r\n")).containsExactly(problem);
  }

  @Test
  void refusesATransferCodingInHttp10AndTwoFieldsOfIt() {
    assertThat(read(CHUNKED.replace("1.1", "1.0"))).containsExactly("INVALID_REQUEST");
    assertThat(read(CHUNKED.replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n")))
        .containsExactly("INVALID_REQUEST");
  }

  @Test
  void refusesAnExpectationThatIsNot100() {
    assertThat(read(withField("Expect: 100-Continue"))).endsWith("end");
    assertThat(read(withField("Expect: 100-continue, x"))).containsExactly("EXPECTATION_FAILED");
    assertThat(read(withField("Expect: tea"))).containsExactly("EXPECTATION_FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5",
        "05",
        "5;a",
        "5;a=b;c",
        "5;a=\"b c\"",
        "5;a=\"\\\"\"",
        "5; a = b;\tc",
        "5;a=\"\""
      })
  void readsAChunk(String line) {
    assertThat(read(CHUNKED + line + "\r\nhello\r\n0\r\n\r\n" + get("/next")))
        .containsExactly("POST /", "hello", "end", "GET /next", "end");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5;",
        "5;;",
        "5;;a",
        "5;@",
        "5;a=",
        "5;a=\"b",
        "5;a=\"b\\",
        "5;a=\"b\"c",
        "5;a=\u00ff",
        "5;a=\"\u00ff\"",
        "5;\"a\"",
        "5;a ",
        "5 ",
        "5 ;a",
        " 5",
        "+5",
        "0x5",
        "5\n",
        "1000000000000000",
      })
  void refusesAMalformedChunkLine(String line) {
    assertThat(read(CHUNKED + line + "\r\nhello\r\n0\r\n\r\n" + get("/next")))
        .containsExactly("POST /", "INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n"})
  void refusesAChunkThatDoesNotEndWhereItSays(String chunk) {
    assertThat(read(CHUNKED + chunk)).startsWith("POST /").doesNotContain("end");
  }

  @Test
  void refusesTrailersThatAreFolded() {
    assertThat(read(CHUNKED + "0\r\nX: a\r\n b\r\n\r\n")).endsWith("INVALID_REQUEST");
    assertThat(read(CHUNKED + "0\r\n X: a\r\n\r\n")).endsWith("INVALID_REQUEST");
    assertThat(read(CHUNKED + "0\r\nX: a\r\n\r\n" + get("/next"))).endsWith("GET /next", "end");
  }

  @Test
  void readsNothingBehindWhatItRefuses() {
    assertThat(read(get("/") + "GET / HTTP/9.9\r\n" + HOST + "\r\n" + get("/next")))
        .containsExactly("GET /", "end", "VERSION_NOT_SUPPORTED");
    assertThat(read("GET http://b.example/ HTTP/1.1\r\n" + HOST + "\r\n" + get("/next")))
        .containsExactly("INVALID_REQUEST");
  }

  @Test
  void takesABodyOfAnnouncedLengthForNothingElse() {
    var body = "\r\n\r\n GET";

    assertThat(
            read(
                "PUT / HTTP/1.1\r\n"
                    + HOST
                    + "Content-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body
                    + get("/next")))
        .containsExactly("PUT /", body, "end", "GET /next", "end");
  }

  @Test
  void keepsTheMethodsOfUnansweredRequests() {
    var methods = new ArrayDeque<HttpMethod>();
    var channel =
        new EmbeddedChannel(new RequestDecoder(LINE_MAX, HEADERS_MAX, FRAME_MAX, methods));
    channel.writeInbound(
        Unpooled.copiedBuffer(get("/") + get("/").replace("GET", "HEAD"), ISO_8859_1));

    assertThat(methods).containsExactly(HttpMethod.GET, HttpMethod.HEAD);
    channel.finishAndReleaseAll();
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  private static String withField(String field) {
    return "GET / HTTP/1.1\r\n" + HOST + field + "\r\n\r\n";
  }

  private static List<String> read(String stream) {
    var whole = read(stream, stream.length());
    assertThat(read(stream, 1)).as("byte by byte").isEqualTo(whole);
    return whole;
  }

  /// `GET /path` for a head, the text of a body, `end`, or the type of a problem.
  private static List<String> read(String stream, int step) {
    var channel =
        new EmbeddedChannel(
            new RequestDecoder(LINE_MAX, HEADERS_MAX, FRAME_MAX, new ArrayDeque<>()));
    for (int from = 0; from < stream.length(); from += step) {
      var part = stream.substring(from, Math.min(from + step, stream.length()));
      channel.writeInbound(Unpooled.copiedBuffer(part, ISO_8859_1));
    }
    var events = new ArrayList<String>();
    var body = new StringBuilder();
    for (Object made = channel.readInbound(); made != null; made = channel.readInbound()) {
      var result = ((DecoderResultProvider) made).decoderResult();
      if (made instanceof HttpContent content) {
        body.append(content.content().toString(ISO_8859_1));
      }
      if (result.isFailure()) {
        events.add(
            result.cause() instanceof ProblemException problem
                ? problem.type().name()
                : "INVALID_REQUEST");
      } else if (made instanceof HttpRequest request) {
        assertThat(request.headers().getAll(HttpHeaderNames.HOST)).hasSize(1);
        events.add(request.method() + " " + request.uri());
      } else if (made instanceof LastHttpContent) {
        if (!body.isEmpty()) {
          events.add(body.toString());
        }
        body.setLength(0);
        events.add("end");
      }
      ReferenceCountUtil.release(made);
    }
    channel.finishAndReleaseAll();
    return events;
  }
}
