package io.tercet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.annotation.Autowired;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

class SocketTest extends GatewayFixture {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<WebSocket> opened = new ArrayList<>();

  @Autowired MeterRegistry metrics;

  @AfterEach
  void closeSockets() {
    opened.forEach(WebSocket::abort);
  }

  @Test
  void carriesMessagesBothWaysInOrder() throws Exception {
    chatSocket((in, out) -> out.sendString(in.receive().asString()));
    var listener = new RecordingListener();
    var socket = open(listener);

    for (int i = 0; i < 200; i++) {
      socket.sendText("{\"type\":\"ping\",\"n\":" + i + "}", true).join();
    }

    for (int i = 0; i < 200; i++) {
      assertThat(listener.next()).isEqualTo("{\"type\":\"ping\",\"n\":" + i + "}");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536, 262_144, 1_000_000})
  void carriesLargeMessagesBothWays(int length) throws Exception {
    chatSocket((in, out) ->
        out.sendObject(in.aggregateFrames(1 << 20).receiveFrames().map(WebSocketFrame::retain)));
    var listener = new RecordingListener();
    var text = "é".repeat(length / 2);

    open(listener).sendText(text, true).join();

    assertThat(listener.next()).isEqualTo(text);
  }

  @Test
  void showsChatServiceTheTokenAndNotTheSession() throws Exception {
    chatSocket((_, out) -> out.sendString(Mono.just("welcome")));
    var listener = new RecordingListener();
    open(listener);
    listener.next();

    var upgrade = CHAT.onlyRequest();
    assertThat(upgrade.header("Authorization")).isEqualTo("Bearer token-of-alive");
    assertThat(upgrade.header("Cookie")).isNull();
    assertThat(upgrade.header("X-Forwarded-For")).isEqualTo("127.0.0.1");
  }

  @Test
  void aProgramNeedsATokenAndNoOrigin() throws Exception {
    chatSocket((_, out) -> out.sendString(Mono.just("welcome")));
    var listener = new RecordingListener();

    connect(listener, "Authorization", "Bearer own-token");

    assertThat(listener.next()).isEqualTo("welcome");
    assertThat(CHAT.onlyRequest().header("Authorization")).isEqualTo("Bearer own-token");
  }

  @ParameterizedTest
  @CsvSource({"1000", "1001", "4000", "4001", "4002", "4500", "4501", "4502", "4999"})
  void passesOnHowTheServiceClosed(int code) throws Exception {
    chatSocket((_, out) -> out.sendClose(code, "reason " + code));
    var listener = new RecordingListener();
    open(listener);

    assertThat(listener.next()).isEqualTo("closed " + code + " reason " + code);
  }

  @ParameterizedTest
  @CsvSource({"1000", "1001", "4321"})
  void passesOnHowTheClientClosed(int code) throws Exception {
    var heard = new CompletableFuture<Integer>();
    chatSocket((in, _) -> {
      in.receiveCloseStatus().subscribe(status -> heard.complete(status.code()));
      return in.receive().then();
    });
    var socket = open(new RecordingListener());

    socket.sendClose(code, "").join();

    assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo(code);
  }

  @Test
  void aClientThatIsGoneIsGoneForTheServiceToo() throws Exception {
    var ended = new CompletableFuture<Void>();
    chatSocket((in, _) -> in.receive().then().doFinally(_ -> ended.complete(null)));
    var socket = open(new RecordingListener());

    socket.abort();

    ended.get(30, TimeUnit.SECONDS);
  }

  @Test
  void aServiceThatIsGoneIsGoneForTheClientToo() throws Exception {
    chatSocket((in, _) -> {
      in.withConnection(connection -> connection.channel().close());
      return Flux.<Void>never();
    });
    var listener = new RecordingListener();
    open(listener);

    // Both codes tell a client to reconnect.
    assertThat(listener.next()).matches("closed 100[16] .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null"})
  void refusesAForeignPage(String origin) {
    assertRefused(403, "Cookie", "tercet-session=alive", "Origin", origin);
    assertRefused(403, "Origin", origin);
    assertThat(CHAT.causedByClients()).isEmpty();
  }

  @Test
  void refusesASessionWithoutOrigin() {
    assertRefused(403, "Cookie", "tercet-session=alive");
  }

  @Test
  void refusesNobody() {
    assertRefused(401);
    assertRefused(401, "Cookie", "tercet-session=ended", "Origin", ownOrigin());
    assertThat(CHAT.seen()).isEmpty();
  }

  @Test
  void countsSocketsAsLongAsTheyAreOpen() {
    chatSocket((in, _) -> in.receive().then());
    awaitSockets(0);

    var polite = open(new RecordingListener());
    var rude = open(new RecordingListener());
    awaitSockets(2);

    polite.sendClose(1000, "").join();
    rude.abort();
    awaitSockets(0);
  }

  @Test
  void aServiceThatRefusesIsHeardInHttp() {
    CHAT.behave((_, response) -> response.status(401).send());
    assertRefused(401, "Authorization", "Bearer expired");

    CHAT.behave((_, response) -> response.status(503).send());
    assertRefused(503, "Authorization", "Bearer own-token");

    CHAT.behave((_, response) -> response.status(429).header("Retry-After", "7").send());
    assertThat(assertRefused(429, "Authorization", "Bearer own-token").headers().map())
        .containsEntry("Retry-After", List.of("7"));
  }

  @Test
  void pingsAreAnsweredByTheService() throws Exception {
    chatSocket((in, _) -> in.receive().then());
    var listener = new RecordingListener();

    open(listener).sendPing(ByteBuffer.wrap(new byte[] {1})).join();

    assertThat(listener.next()).isEqualTo("pong");
  }

  @Test
  void aClientThatDoesNotReadStopsTheService() {
    var written = new AtomicInteger();
    chatSocket((_, out) ->
        Flux.range(0, 1000)
            .concatMap(
                _ ->
                    out.sendString(Mono.just("x".repeat(262_144)))
                        .then()
                        .doOnSuccess(_ -> written.incrementAndGet()),
                0));
    open(new DeafEar());

    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(new Standstill(written::get));
    // Four socket buffers hold less than 48 MiB; the service wants to send 256 MiB.
    assertThat(written).hasValueLessThan(192);
  }

  private void awaitSockets(int expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> metrics.get("tercet.gateway.sockets").gauge().value() == expected);
  }

  /// Sets how chat-service behaves on its end of the WebSocket.
  private static void chatSocket(
      BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> conversation) {
    var spec = WebsocketServerSpec.builder().maxFramePayloadLength(1 << 20).build();
    CHAT.behave((_, response) -> response.sendWebsocket(conversation, spec));
  }

  private WebSocket open(WebSocket.Listener listener) {
    return connect(listener, "Cookie", "tercet-session=alive", "Origin", ownOrigin());
  }

  private WebSocket connect(WebSocket.Listener listener, String... headers) {
    var builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    var address = URI.create("ws://127.0.0.1:" + port + "/api/socket");
    var socket = builder.buildAsync(address, listener).orTimeout(60, TimeUnit.SECONDS).join();
    opened.add(socket);
    return socket;
  }

  private HttpResponse<?> assertRefused(int status, String... headers) {
    try {
      connect(new RecordingListener(), headers);
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(WebSocketHandshakeException.class);
      var refused = (WebSocketHandshakeException) e.getCause();
      assertThat(refused.getResponse().statusCode()).isEqualTo(status);
      return refused.getResponse();
    }
    throw new AssertionError("The socket was opened");
  }

  /// Requests no message, so that nothing is read from its socket.
  private static final class DeafEar implements WebSocket.Listener {

    @Override
    public void onOpen(WebSocket socket) {}
  }

  /// Records complete messages and the close status.
  private static final class RecordingListener implements WebSocket.Listener {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();

    String next() throws InterruptedException, IOException {
      var message = heard.poll(60, TimeUnit.SECONDS);
      if (message == null) {
        throw new IOException("Nothing was heard");
      }
      return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        heard.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      heard.add("pong");
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      heard.add("closed " + code + " " + reason);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      heard.add("broken");
    }
  }
}
