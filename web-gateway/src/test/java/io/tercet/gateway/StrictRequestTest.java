package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a reader behind the gateway could read in another way gets an answer and goes nowhere. All
/// cases are in RequestDecoderTest; here they go through the server.
class StrictRequestTest extends GatewayFixture {

  private static final int LINE_MAX = 8 * 1024;
  private static final int HEADERS_MAX = 16 * 1024;

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/0.9,                                505, version-not-supported",
    "GET / HTTP/9.9,                                505, version-not-supported",
    "GET / http/1.1,                                400, invalid-request",
    "GET  / HTTP/1.1,                               400, invalid-request",
    "GET /caf\u00e9 HTTP/1.1,                       400, invalid-request",
    "GET /a#b HTTP/1.1,                             400, invalid-request",
    "GET a HTTP/1.1,                                400, invalid-request",
    "GET * HTTP/1.1,                                400, invalid-request",
    "GET localhost:80 HTTP/1.1,                     400, invalid-request",
    "GET http://blog.pages.localhost/ HTTP/1.1,     400, invalid-request",
    "GET http://a@localhost/ HTTP/1.1,              400, invalid-request",
    "GET https://localhost/ HTTP/1.1,               400, invalid-request",
    "GET ftp://localhost/ HTTP/1.1,                 400, invalid-request",
    "CONNECT localhost:80 HTTP/1.1,                 405, method-not-allowed",
    "get / HTTP/1.1,                                405, method-not-allowed",
  })
  void refusesARequestLineThatIsNone(String line, int status, String problem) {
    var answer = new RawRequest(port, line).host("localhost").send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
    assertNothingWasReached();
  }

  @Test
  void readsATargetInAbsoluteFormAsTheHostAndPathThatItNames() {
    var page = new RawRequest(port, "GET http://localhost/x?y HTTP/1.1").host("LOCALHOST:80");
    assertThat(page.send().text()).isEqualTo("pages");
    assertThat(PAGES.onlyRequest().uri()).isEqualTo("/x?y");

    PAGES.reset();
    var site = new RawRequest(port, "GET HTTP://blog.pages.localhost HTTP/1.1");
    assertThat(site.host("blog.pages.localhost").send().text()).isEqualTo("pages");
    assertThat(PAGES.onlyRequest().uri()).isEqualTo("/");
    assertThat(PAGES.onlyRequest().header("Host")).isEqualTo("blog.pages.localhost");
  }

  @Test
  void refusesAMainPageThatIsAskedForAsASite() {
    var answer =
        new RawRequest(port, "GET http://localhost/api/rooms HTTP/1.1")
            .host("blog.pages.localhost")
            .session("alive")
            .send();

    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertNothingWasReached();
  }

  @Test
  void tellsWhatTheServerCanDo() {
    var answer = new RawRequest(port, "OPTIONS * HTTP/1.1").host("localhost").send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    assertNothingWasReached();
  }

  @Test
  void tellsWhichMethodsItPassesOn() {
    for (var method : new String[] {"TRACE", "PROPFIND", "BREW", "get", "CONNECT"}) {
      var target = method.equals("CONNECT") ? "localhost:80" : "/api/rooms";
      var answer = request(method, target).send();

      assertThat(answer.status()).as(method).isEqualTo(405);
      assertThat(answer.header("Allow")).as(method).contains("GET", "POST", "DELETE");
    }
    assertNothingWasReached();
  }

  @Test
  void refusesAFoldedField() {
    var answer = request("GET", "/").header("X", "a\r\n b").send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertNothingWasReached();
  }

  @Test
  void unpacksNoTransferCodingBesideChunked() {
    var answer =
        request("PUT", "/api/files/people/me/a")
            .header("Transfer-Encoding", "gzip, chunked")
            .rawBody("3\r\nabc\r\n0\r\n\r\n")
            .send();

    assertThat(answer.status()).isEqualTo(501);
    assertThat(answer.problem()).isEqualTo("not-implemented");
    assertNothingWasReached();
  }

  @ParameterizedTest
  @CsvSource({"5;", "5;;", "5;@", "5;a=\"b", "5;a=\u00ff"})
  void breaksOffAnUploadWithAMalformedChunk(String line) {
    var answer =
        request("PUT", "/api/files/people/me/a")
            .header("Transfer-Encoding", "chunked")
            .rawBody(line + "\r\nhello\r\n0\r\n\r\n")
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-request");
  }

  @Test
  void passesARequestLineOfEightKilobytesAndNoByteMore() {
    var most = "/" + "a".repeat(LINE_MAX - "GET / HTTP/1.1".length());

    assertThat(request("GET", most).send().text()).isEqualTo("pages");
    assertThat(request("GET", most + "a").send().problem()).isEqualTo("target-too-long");
    assertThat(request("GET", most + "a").send().status()).isEqualTo(414);
  }

  @Test
  void passesHeadersOfSixteenKilobytesAndNoByteMore() {
    var others = request("GET", "/").header("X", "").head().length;
    var most = "x".repeat(HEADERS_MAX - (others - "GET / HTTP/1.1\r\n".length() - 2));

    assertThat(request("GET", "/").header("X", most).send().text()).isEqualTo("pages");
    assertThat(PAGES.onlyRequest().header("X")).isEqualTo(most);
    var answer = request("GET", "/").header("X", most + "x").send();
    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.problem()).isEqualTo("headers-too-large");
  }

  @Test
  void answersHeadWithoutABodyAlsoWhereItRefuses() {
    for (var target : new String[] {"/api/nothing", "/%2f"}) {
      var answer = request("HEAD", target).send();

      assertThat(answer.status()).isIn(400, 404);
      assertThat(answer.body()).isEmpty();
    }
  }

  private static void assertNothingWasReached() {
    assertThat(CHAT.causedByClients()).isEmpty();
    assertThat(FILES.seen()).isEmpty();
    assertThat(PAGES.seen()).isEmpty();
  }
}
