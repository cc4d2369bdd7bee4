package io.tercet.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A WebSocket client that keeps every frame in its order, and can stop reading.
final class TestSocket {

  private static final long WAIT_SECONDS = 60;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;
  private boolean reading = true;

  static TestSocket open(int port, String token) {
    TestSocket opened = new TestSocket();
    opened.socket =
        HTTP.newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/socket"), opened.new Listener())
            .join();
    return opened;
  }

  void send(Object frame) {
    sendText(ChatClient.JSON.writeValueAsString(frame));
  }

  void sendText(String message) {
    socket.sendText(message, true).join();
  }

  void sendBinary(byte[] message) {
    socket.sendBinary(java.nio.ByteBuffer.wrap(message), true).join();
  }

  void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  /// No more is read from the network until [#startReading].
  synchronized void stopReading() {
    reading = false;
  }

  synchronized void startReading() {
    reading = true;
    socket.request(1);
  }

  void subscribe(String roomId, long after) {
    send(Map.of("type", "subscribe", "requestId", "s", "roomId", roomId, "after", after));
  }

  void post(String roomId, String clientMessageId, String text) {
    send(
        Map.of(
            "type", "post",
            "requestId", clientMessageId,
            "roomId", roomId,
            "clientMessageId", clientMessageId,
            "text", text));
  }

  /// The next frame of a type; what comes before it is dropped.
  JsonNode next(String type) {
    return next(frame -> type(frame).equals(type));
  }

  JsonNode next(Predicate<JsonNode> wanted) {
    try {
      while (true) {
        JsonNode frame = frames.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        assertThat(frame).as("a frame within %d s; closed: %s", WAIT_SECONDS, closed).isNotNull();
        if (wanted.test(frame)) {
          return frame;
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The `seq` of entries until that of `last`, in the order in which they came.
  List<Long> seqsUntil(long last) {
    List<Long> seqs = new ArrayList<>();
    while (seqs.isEmpty() || seqs.getLast() < last) {
      seqs.add(next("entry").get("seq").longValue());
    }
    return seqs;
  }

  int closeCode() {
    return closed.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  static String type(JsonNode frame) {
    return frame.get("type").stringValue();
  }

  private final class Listener implements WebSocket.Listener {

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        partial.toString().lines().map(ChatClient.JSON::readTree).forEach(frames::add);
        partial.setLength(0);
      }
      synchronized (TestSocket.this) {
        if (reading) {
          from.request(1);
        }
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
