package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/// Rules of HTTP that must hold on both sides of the gateway.
class AnswerTest extends GatewayFixture {

  @Test
  void rangesAndConditionsPassInBothDirections() {
    FILES.behave((_, response) ->
        response
            .status(HttpResponseStatus.PARTIAL_CONTENT)
            .header("Content-Range", "bytes 0-3/10")
            .header("Accept-Ranges", "bytes")
            .header("ETag", "\"abc\"")
            .header("Last-Modified", "Mon, 23 Nov 2026 07:00:00 GMT")
            .header("Content-Disposition", "attachment")
            .header("Content-Security-Policy", "sandbox")
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Length", "4")
            .sendString(Mono.just("abcd"))
            .then());

    var answer =
        request("GET", "/api/files/people/me/a")
            .header("Range", "bytes=0-3")
            .header("If-Range", "\"abc\"")
            .header("If-None-Match", "\"x\"")
            .header("If-Match", "\"y\"")
            .header("If-Modified-Since", "Mon, 23 Nov 2026 06:00:00 GMT")
            .header("Repr-Digest", "sha-256=:AA==:")
            .send();

    var sent = FILES.onlyRequest();
    assertThat(sent.header("Range")).isEqualTo("bytes=0-3");
    assertThat(sent.header("If-Range")).isEqualTo("\"abc\"");
    assertThat(sent.header("If-None-Match")).isEqualTo("\"x\"");
    assertThat(sent.header("If-Match")).isEqualTo("\"y\"");
    assertThat(sent.header("If-Modified-Since")).isEqualTo("Mon, 23 Nov 2026 06:00:00 GMT");
    assertThat(sent.header("Repr-Digest")).isEqualTo("sha-256=:AA==:");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes 0-3/10");
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.header("ETag")).isEqualTo("\"abc\"");
    assertThat(answer.header("Last-Modified")).isEqualTo("Mon, 23 Nov 2026 07:00:00 GMT");
    assertThat(answer.header("Content-Disposition")).isEqualTo("attachment");
    assertThat(answer.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(answer.header("Content-Length")).isEqualTo("4");
    assertThat(answer.text()).isEqualTo("abcd");
  }

  @Test
  void headHasTheLengthAndNoBody() {
    FILES.behave((_, response) ->
        response.header("Content-Length", "123456").header("ETag", "\"a\"").send());

    var answer = request("HEAD", "/api/files/people/me/a").send();

    assertThat(FILES.onlyRequest().method()).isEqualTo("HEAD");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("123456");
    assertThat(answer.header("ETag")).isEqualTo("\"a\"");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void anAnswerWithoutABodyStaysWithoutOne(int status) {
    FILES.behave((_, response) -> response.status(status).header("ETag", "\"a\"").send());

    var answer = request("GET", "/api/files/people/me/a").send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("ETag")).isEqualTo("\"a\"");
    assertThat(answer.headers()).doesNotContainKey("transfer-encoding");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aStatusThatNobodyKnowsPasses() {
    CHAT.behave((_, response) -> response.status(299).header("X-Own", "1").send());

    assertThat(request("GET", "/api/rooms").send().status()).isEqualTo(299);
  }

  @Test
  void aRequestWithoutABodyGetsNone() {
    request("GET", "/api/rooms").send();
    request("DELETE", "/api/files/people/me/a").send();

    assertThat(CHAT.onlyRequest().headers().contains("Transfer-Encoding")).isFalse();
    assertThat(FILES.onlyRequest().headers().contains("Transfer-Encoding")).isFalse();
  }

  @Test
  void aLengthIsPassedOnAsALength() {
    request("PUT", "/api/files/people/me/a").body("abc").send();

    assertThat(FILES.onlyRequest().header("Content-Length")).isEqualTo("3");
    assertThat(FILES.onlyRequest().headers().contains("Transfer-Encoding")).isFalse();
  }

  @Test
  void chunksArrive() {
    var answer =
        request("PUT", "/api/files/people/me/a")
            .header("Transfer-Encoding", "chunked")
            .rawBody("3\r\nabc\r\n0\r\n\r\n")
            .send();

    assertThat(answer.text()).isEqualTo("files");
    assertThat(FILES.onlyRequest().header("Transfer-Encoding")).isEqualTo("chunked");
  }

  @Test
  void oneWhoWaitsToBeAskedForTheBodyIsAsked() throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              request("PUT", "/api/files/people/me/a")
                  .header("Expect", "100-continue")
                  .header("Content-Length", "3")
                  .head());
      var asked = new String(socket.getInputStream().readNBytes(25), StandardCharsets.US_ASCII);
      assertThat(asked).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

      socket.getOutputStream().write("abc".getBytes(StandardCharsets.US_ASCII));

      var answer = RawRequest.Answer.read(socket.getInputStream(), false);
      assertThat(answer.text()).isEqualTo("files");
      assertThat(FILES.onlyRequest().header("Expect")).isNull();
    }
  }

  @Test
  void oneWhoIsRefusedIsNotAskedForTheBody() {
    var answer =
        request("PUT", "/api/files/people/me/a")
            .session("alive")
            .origin("https://evil.example")
            .header("Expect", "100-continue")
            .header("Content-Length", "1000000")
            .send();

    assertThat(answer.problem()).isEqualTo("foreign-origin");
  }

  @Test
  void ourOwnPageIsProtected() {
    PAGES.behave((_, response) ->
        response
            .header("Content-Type", "text/html")
            .header("X-Frame-Options", "SAMEORIGIN")
            .sendString(Mono.just("<p>"))
            .then());

    var answer = request("GET", "/").send();

    assertThat(answer.header("Content-Security-Policy"))
        .contains("default-src 'self'", "frame-ancestors 'none'", "object-src 'none'");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.headers()).doesNotContainKey("strict-transport-security");
  }

  @Test
  void answersOfServicesAreNotGivenThePagesPolicy() {
    assertThat(request("GET", "/api/rooms").send().headers())
        .doesNotContainKey("content-security-policy");
  }

  @Test
  void requestsInOneBreathAreAnsweredInOrder() throws IOException {
    var first = request("GET", "/api/rooms").keepingAlive().head();
    var second = request("GET", "/").keepingAlive().head();
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(first);
      socket.getOutputStream().write(second);
      var both = new StringBuilder();
      while (both.indexOf("pages") < 0) {
        both.append((char) socket.getInputStream().read());
      }

      assertThat(both.indexOf("chat")).isPositive().isLessThan(both.indexOf("pages"));
    }
  }
}
