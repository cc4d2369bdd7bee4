package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

class FailureTest extends GatewayFixture {

  @ParameterizedTest
  @CsvSource({
    "TRACE, 405, method-not-allowed",
    "PROPFIND, 405, method-not-allowed",
    "BREW, 405, method-not-allowed"
  })
  void refusesMethodsThatNothingHereUses(String method, int status, String problem) {
    var answer = request(method, "/api/rooms").send();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
  }

  @Test
  void refusesARequestLineOfAMegabyte() {
    var answer = request("GET", "/" + "a".repeat(1 << 20)).send();

    assertThat(answer.status()).isEqualTo(414);
    assertThat(answer.problem()).isEqualTo("target-too-long");
  }

  @Test
  void refusesHeadersWithoutEnd() {
    var request = request("GET", "/");
    for (int i = 0; i < 2_000; i++) {
      request.header("X-Filler-" + i, "0123456789");
    }

    var answer = request.send();

    assertThat(answer.status()).isEqualTo(431);
    assertThat(answer.problem()).isEqualTo("headers-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%zz", "/a|b", "/[", "/\\internal"})
  void refusesWhatIsNoAddress(String target) {
    var answer = request("GET", target).send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.problem()).isEqualTo("invalid-request");
  }

  @Nested
  class Smuggling {

    @Test
    void refusesTwoLengths() {
      assertRefused(
          request("POST", "/api/session")
              .header("Content-Length", "4")
              .header("Content-Length", "5")
              .rawBody("abcde"));
    }

    @Test
    void refusesLengthBesideChunks() {
      assertRefused(
          request("POST", "/api/session")
              .header("Content-Length", "4")
              .header("Transfer-Encoding", "chunked")
              .rawBody("0\r\n\r\n"));
    }

    @Test
    void refusesChunksThatAreNotTheLastEncoding() {
      assertRefused(
          request("POST", "/api/session")
              .header("Transfer-Encoding", "chunked, identity")
              .rawBody("0\r\n\r\n"));
    }

    @Test
    void refusesAMangledChunkSize() {
      assertRefused(
          request("POST", "/api/session")
              .header("Transfer-Encoding", "chunked")
              .rawBody("0x4\r\nabcd\r\n0\r\n\r\n"));
    }

    @Test
    void refusesSpaceBeforeTheColon() {
      assertRefused(request("POST", "/api/session").header("Content-Length ", "4").rawBody("abcd"));
    }

    private static void assertRefused(RawRequest request) {
      assertThat(request.send().status()).isEqualTo(400);
      assertThat(CHAT.seen().stream().filter(seen -> !seen.uri().equals("/api/session"))).isEmpty();
    }
  }

  @Nested
  class CallsThatAreTooLarge {

    @Test
    void areRefusedByTheirAnnouncedLength() {
      var answer = request("POST", "/api/session").header("Content-Length", "65537").send();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.problem()).isEqualTo("too-large");
      assertThat(CHAT.seen()).isEmpty();
    }

    @Test
    void areNoneIfTheyArePictures() {
      var picture = request("PUT", "/api/people/me/picture").header("Content-Length", "65537");
      assertThat(picture.rawBody("x".repeat(65_537)).send().text()).isEqualTo("chat");

      var other = request("PUT", "/api/people/me/status").header("Content-Length", "65537").send();
      assertThat(other.problem()).isEqualTo("too-large");
    }

    @Test
    void areCutWhereTheyPassTheLimit() {
      var chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";

      var answer =
          request("POST", "/api/session")
              .header("Transfer-Encoding", "chunked")
              .rawBody(chunk.repeat(17) + "0\r\n\r\n")
              .send();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.problem()).isEqualTo("too-large");
    }

    @Test
    void doNotConcernFiles() {
      var text = "x".repeat(100_000);

      assertThat(request("PUT", "/api/files/people/me/a").body(text).send().text())
          .isEqualTo("files");
    }
  }

  @Nested
  class UploadsWithoutALength {

    @Test
    void areRefusedSinceTheyWouldEmptyAFile() {
      var answer = request("PUT", "/api/files/people/me/a").send();

      assertThat(answer.status()).isEqualTo(411);
      assertThat(answer.problem()).isEqualTo("length-required");
      assertThat(FILES.seen()).isEmpty();
    }

    @Test
    void areFoldersIfTheirPathEndsWithASlash() {
      assertThat(request("PUT", "/api/files/people/me/a/").send().text()).isEqualTo("files");
    }

    @Test
    void mayBeEmptyOrInChunks() {
      assertThat(request("PUT", "/api/files/people/me/a").body("").send().text())
          .isEqualTo("files");
      var chunked = request("PUT", "/api/files/people/me/a").header("Transfer-Encoding", "chunked");
      assertThat(chunked.rawBody("0\r\n\r\n").send().text()).isEqualTo("files");
    }
  }

  @Test
  void aServiceThatHangsUpIsUnavailable() {
    CHAT.behave((request, _) -> {
      request.withConnection(connection -> connection.dispose());
      return Mono.never();
    });

    var answer = request("POST", "/api/rooms").body("{}").send();

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.problem()).isEqualTo("service-unavailable");
  }

  @Nested
  class AnAnswerThatBreaksOff {

    private final Sinks.Empty<Void> headersArrived = Sinks.empty();

    @Test
    void isCutAndNotEnded() {
      FILES.behave(
          (request, response) -> breakOff(request, response.header("Content-Length", "100000")));

      var answer =
          request("GET", "/api/files/people/me/a").send(() -> headersArrived.tryEmitEmpty());

      assertThat(answer.header("Content-Length")).isEqualTo("100000");
      assertThat(answer.body()).hasSizeLessThan(100_000);
    }

    @Test
    void inChunksHasNoLastChunk() {
      FILES.behave(this::breakOff);

      assertThatThrownBy(() ->
              request("GET", "/api/files/people/me/a").send(() -> headersArrived.tryEmitEmpty()))
          .isInstanceOf(UncheckedIOException.class);
    }

    private Publisher<Void> breakOff(HttpServerRequest request, HttpServerResponse response) {
      var hangUp =
          headersArrived
              .asMono()
              .then(
                  Mono.<ByteBuf>fromRunnable(
                      () -> request.withConnection(connection -> connection.dispose())))
              .then(Mono.<ByteBuf>never());
      var some = Unpooled.copiedBuffer("some", StandardCharsets.US_ASCII);
      return response.send(Flux.concat(Mono.just(some), hangUp), _ -> true);
    }
  }

  @Test
  void whatAServiceSaysPassesUntouched() {
    CHAT.behave((_, response) ->
        response
            .status(409)
            .header("Content-Type", "application/problem+json")
            .sendString(Mono.just("{\"type\":\"urn:tercet:problem:name-taken\"}"))
            .then());

    var answer = request("POST", "/api/people").body("{}").send();

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.problem()).isEqualTo("name-taken");
  }

  @Test
  void anErrorWithoutABodyPassesUntouched() {
    CHAT.behave((_, response) -> response.status(400).header("X-Own", "1").send());

    var answer = request("GET", "/api/rooms").send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEmpty();
  }
}
