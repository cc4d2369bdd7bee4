package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerRequest;

/// The gateway streams files of any size: when one side stops reading, the other side stops
/// sending.
///
/// Then only the socket buffers of two connections are full, a few megabytes each: far less than
/// the file.
class StreamingTest extends GatewayFixture {

  private static final int PIECE = 1 << 16;
  private static final long FILE = 96L << 20;
  private static final long UNDER_WAY_MAX = 48L << 20;

  @Test
  void anUploadWaitsForAServiceThatDoesNotReadAndArrivesWhole() throws Exception {
    var mayRead = Sinks.<Void>empty();
    FILES.behave((request, response) ->
        response.sendString(mayRead.asMono().then(Mono.defer(() -> digestOf(request)))));
    var sent = new AtomicLong();
    try (var socket = new Socket("127.0.0.1", port)) {
      var head =
          request("PUT", "/api/files/people/me/big")
              .header("Content-Length", Long.toString(FILE))
              .head();
      var upload =
          CompletableFuture.supplyAsync(
              () -> upload(socket, head, sent), Thread::startVirtualThread);
      awaitStandstill(sent);
      assertThat(sent).hasValueLessThan(UNDER_WAY_MAX);

      mayRead.tryEmitEmpty();

      var answer = RawRequest.Answer.read(socket.getInputStream(), false);
      assertThat(answer.text()).isEqualTo(upload.get());
    }
  }

  @Test
  void aDownloadWaitsForAClientThatDoesNotReadAndArrivesWhole() throws Exception {
    var produced = new AtomicLong();
    var digest = MessageDigest.getInstance("SHA-256");
    FILES.behave((_, response) ->
        response
            .header("Content-Length", Long.toString(FILE))
            .send(pieces(produced, digest), _ -> true));
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(request("GET", "/api/files/people/me/big").head());
      awaitStandstill(produced);
      assertThat(produced).hasValueLessThan(UNDER_WAY_MAX);

      var answer = RawRequest.Answer.read(new BufferedInputStream(socket.getInputStream()), false);

      assertThat(answer.body()).hasSize(Math.toIntExact(FILE));
      assertThat(MessageDigest.getInstance("SHA-256").digest(answer.body()))
          .isEqualTo(digest.digest());
    }
  }

  @Test
  void anUploadThatIsCutOffIsCutOffForTheServiceToo() throws IOException {
    var outcome = new CompletableFuture<String>();
    FILES.behave((request, response) ->
        request
            .receive()
            .then()
            .doOnSuccess(_ -> outcome.complete("ended as if it were whole"))
            .doOnError(_ -> outcome.complete("cut"))
            .doOnCancel(() -> outcome.complete("cut"))
            .then(response.send()));
    try (var socket = new Socket("127.0.0.1", port)) {
      var head =
          request("PUT", "/api/files/people/me/big").header("Content-Length", "1000000").head();
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(new byte[1000]);
      await().atMost(Duration.ofSeconds(30)).until(() -> !FILES.seen().isEmpty());
    }

    assertThat(outcome.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("cut");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "5\r\nabcdefgh\r\n", "\r\n", "-1\r\n"})
  void anUploadWhoseChunksBreakOffIsCutOffForTheServiceToo(String broken) {
    var outcome = new CompletableFuture<String>();
    FILES.behave((request, response) ->
        request
            .receive()
            .then()
            .doOnSuccess(_ -> outcome.complete("ended as if it were whole"))
            .doOnError(_ -> outcome.complete("cut"))
            .doOnCancel(() -> outcome.complete("cut"))
            .then(response.send()));

    var answer =
        request("PUT", "/api/files/people/me/big")
            .header("Transfer-Encoding", "chunked")
            .rawBody("4\r\nabcd\r\n" + broken)
            .send();

    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertThat(FILES.seen().isEmpty() ? "cut" : outcome.orTimeout(30, TimeUnit.SECONDS).join())
        .isEqualTo("cut");
  }

  @Test
  void aCallWhoseChunksBreakOffReachesNoService() {
    var answer =
        request("POST", "/api/rooms")
            .header("Transfer-Encoding", "chunked")
            .rawBody("2\r\n{}\r\nzz\r\n")
            .send();

    assertThat(answer.problem()).isEqualTo("invalid-request");
    assertThat(CHAT.seen()).isEmpty();
  }

  @Test
  void aServiceMayAnswerBeforeItHasReadTheUpload() throws IOException {
    FILES.behave((_, response) -> response.status(507).sendString(Mono.just("full")));
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      var head =
          request("PUT", "/api/files/people/me/big")
              .header("Content-Length", Long.toString(FILE))
              .head();
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(new byte[PIECE]);

      var answer = RawRequest.Answer.read(socket.getInputStream(), false);
      assertThat(answer.status()).isEqualTo(507);
      assertThat(answer.text()).isEqualTo("full");
    }
  }

  /// Waits until no byte has moved for a second: then every buffer is full.
  private static void awaitStandstill(AtomicLong bytes) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(new Standstill(bytes::get));
  }

  private static String upload(Socket socket, byte[] head, AtomicLong sent) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var random = RandomGenerator.of("L64X128MixRandom");
      var piece = new byte[PIECE];
      socket.getOutputStream().write(head);
      while (sent.get() < FILE) {
        random.nextBytes(piece);
        digest.update(piece);
        socket.getOutputStream().write(piece);
        sent.addAndGet(PIECE);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Flux<ByteBuf> pieces(AtomicLong produced, MessageDigest digest) {
    var random = RandomGenerator.of("L64X128MixRandom");
    return Flux.generate(sink -> {
      if (produced.get() == FILE) {
        sink.complete();
        return;
      }
      var piece = new byte[PIECE];
      random.nextBytes(piece);
      digest.update(piece);
      produced.addAndGet(PIECE);
      sink.next(Unpooled.wrappedBuffer(piece));
    });
  }

  private static Mono<String> digestOf(HttpServerRequest request) {
    return Mono.fromCallable(() -> MessageDigest.getInstance("SHA-256"))
        .flatMap(digest ->
            request
                .receive()
                .asByteArray()
                .doOnNext(digest::update)
                .then(Mono.fromSupplier(() -> HexFormat.of().formatHex(digest.digest()))));
  }
}
