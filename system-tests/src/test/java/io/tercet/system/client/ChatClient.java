package io.tercet.system.client;

import io.tercet.system.stack.Stack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A chat socket as `contracts/chat/frames.md` describes it.
///
/// Every frame that arrives is kept in order; awaiting one consumes nothing, so a test may ask for
/// frames in any order.
///
/// - Threading: guarded by itself.
/// - Bounds: a frame is awaited for a minute.
public final class ChatClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int SHOWN_ON_FAILURE = 10;

  private final List<JsonNode> frames = new ArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private int messages;
  private int requests;
  private @Nullable Integer closeCode;
  private @Nullable WebSocket socket;

  private ChatClient() {}

  /// Opens a socket as the person's browser does, and reads the welcome.
  public static ChatClient browser(Person person) {
    String origin = person.stack().origin().toString();
    return open(person.stack(), Map.of("Cookie", person.cookie(), "Origin", origin));
  }

  /// Opens a socket with a token, and reads the welcome.
  public static ChatClient program(Person person) {
    return open(person.stack(), Map.of("Authorization", "Bearer " + person.token()));
  }

  /// Opens a socket with these headers, and reads the welcome.
  ///
  /// @throws java.util.concurrent.CompletionException if the upgrade is refused
  public static ChatClient open(Stack stack, Map<String, String> headers) {
    ChatClient client = new ChatClient();
    WebSocket.Builder builder =
        Shared.CLIENT.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(30));
    headers.forEach(builder::header);
    URI address = URI.create(stack.at("/api/socket").toString().replaceFirst("http", "ws"));
    client.socket =
        builder.buildAsync(address, client.new Ear()).orTimeout(60, TimeUnit.SECONDS).join();
    client.await("welcome", frame -> type(frame).equals("welcome"));
    return client;
  }

  /// One for all sockets; made when the first is opened.
  private static final class Shared {
    static final HttpClient CLIENT =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /// Sends a text message as it is.
  public void send(String message) {
    socket().sendText(message, true).orTimeout(60, TimeUnit.SECONDS).join();
  }

  /// Sends a frame under a new requestId.
  ///
  /// @return the requestId
  public String request(String type, Map<String, Object> members) {
    String requestId = nextRequestId();
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", type);
    frame.put("requestId", requestId);
    frame.putAll(members);
    send(Json.write(frame));
    return requestId;
  }

  /// Sends a frame under a new requestId and waits for its answer, an `error` too.
  public JsonNode ask(String type, Map<String, Object> members) {
    return answerTo(request(type, members));
  }

  /// Waits for the answer that carries this requestId.
  public JsonNode answerTo(String requestId) {
    return await(
        "an answer to " + requestId,
        frame -> frame.path("requestId").asString("").equals(requestId));
  }

  /// Subscribes a room behind `after` and waits until that is answered.
  public JsonNode subscribe(String roomId, long after) {
    return ask("subscribe", Map.of("roomId", roomId, "after", after));
  }

  /// Posts and waits for the answer.
  public JsonNode post(String roomId, String clientMessageId, String text) {
    return ask("post", message(roomId, clientMessageId, text));
  }

  /// The members of a `post`.
  public static Map<String, Object> message(String roomId, String clientMessageId, String text) {
    return Map.of("roomId", roomId, "clientMessageId", clientMessageId, "text", text);
  }

  /// Waits for a frame that was or will be received.
  ///
  /// @param what named in the failure
  /// @throws Ended if the socket ends first
  public JsonNode await(String what, Predicate<JsonNode> wanted) {
    return awaitThat(what, () -> frames.stream().filter(wanted).findFirst().orElse(null));
  }

  /// The socket ended before what was awaited came.
  public static final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1;

    Ended(String what, int code) {
      super("the socket ended with " + code + " before " + what);
    }
  }

  /// Waits until the source, asked again after each thing heard, has something.
  private synchronized <T> T awaitThat(String what, Supplier<@Nullable T> source) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T found = source.get();
    while (found == null) {
      if (closeCode != null) {
        throw new Ended(what, closeCode);
      }
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("waited in vain for " + what + "; last received: " + last());
      }
      try {
        wait(left);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
      found = source.get();
    }
    return found;
  }

  /// Waits until the entries of a room reach `seq`, and returns all that were received so far.
  public List<JsonNode> entriesUntil(String roomId, long seq) {
    await("entry " + seq, frame -> isEntryOf(roomId, frame) && frame.path("seq").asLong() >= seq);
    return entries(roomId);
  }

  /// Waits for the entry of a message with this text.
  public JsonNode awaitText(String roomId, String text) {
    return await(
        "the text " + text,
        frame -> isEntryOf(roomId, frame) && frame.path("text").asString("").equals(text));
  }

  /// The entries of a room that were received so far, in order of arrival.
  public List<JsonNode> entries(String roomId) {
    return received().stream().filter(frame -> isEntryOf(roomId, frame)).toList();
  }

  /// Everything that was received so far.
  public synchronized List<JsonNode> received() {
    return List.copyOf(frames);
  }

  /// How many WebSocket messages carried the frames.
  public synchronized int messages() {
    return messages;
  }

  /// Waits for the end of the socket and returns its close code; 1006 if there was none.
  public int awaitClose() {
    return awaitThat("the close", () -> closeCode);
  }

  /// A frame's type.
  public static String type(JsonNode frame) {
    return frame.path("type").asString("");
  }

  private static boolean isEntryOf(String roomId, JsonNode frame) {
    return type(frame).equals("entry") && frame.path("roomId").asString().equals(roomId);
  }

  private synchronized String nextRequestId() {
    requests++;
    return "r" + requests;
  }

  private synchronized List<JsonNode> last() {
    return List.copyOf(
        frames.subList(Math.max(0, frames.size() - SHOWN_ON_FAILURE), frames.size()));
  }

  private WebSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not open");
    }
    return socket;
  }

  @Override
  public void close() {
    socket().abort();
  }

  /// Hears what the socket says; the socket calls it from one thread at a time.
  private final class Ear implements WebSocket.Listener {

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      synchronized (ChatClient.this) {
        partial.append(data);
        if (last) {
          messages++;
          partial.toString().lines().map(Json::parse).forEach(frames::add);
          partial.setLength(0);
          ChatClient.this.notifyAll();
        }
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      ended(code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      ended(1006);
    }

    private void ended(int code) {
      synchronized (ChatClient.this) {
        if (closeCode == null) {
          closeCode = code;
          ChatClient.this.notifyAll();
        }
      }
    }
  }
}
