package io.tercet.chat.replicas;

import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.LogEntry;
import io.tercet.chat.history.RoomView;
import io.tercet.chat.history.ShownEntry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One client of a person: a socket at some replica, and what the client has of each room. After a
/// break it opens another socket at any replica and reads on from there.
///
/// Threading: one thread sends; frames come on a thread of the socket. Guarded by itself.
final class Line {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String person;
  private final String token;
  private final History history;
  private final HttpClient http;

  /// The last `seq` that came, of each room.
  private final Map<String, Long> cursors = new ConcurrentHashMap<>();

  private final Map<String, RoomView> views = new HashMap<>();

  /// The place of the person in each room, since this socket is open.
  private final Map<String, Long> places = new HashMap<>();

  private @Nullable Opened opened;
  private int breaks;

  Line(String person, String token, History history, HttpClient http) {
    this.person = person;
    this.token = token;
    this.history = history;
    this.http = http;
  }

  /// Opens a socket; false if the replica does not take one in time.
  boolean open(int port) {
    Opened next = new Opened();
    try {
      next.socket =
          http.newWebSocketBuilder()
              .header("Authorization", "Bearer " + token)
              .connectTimeout(PATIENCE)
              .buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/socket"), next)
              .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
              .join();
    } catch (CompletionException refused) {
      return false;
    }
    synchronized (this) {
      opened = next;
      places.clear();
    }
    if (next.ended.isDone()) {
      lose("the line broke at once");
      return false;
    }
    return true;
  }

  synchronized boolean isOpen() {
    return opened != null && !opened.ended.isDone();
  }

  /// Whether a subscription to a room is there, and how far it has come; -1 if it is not.
  synchronized long heard(String room) {
    return opened != null && opened.subscriptions.containsKey(room)
        ? cursors.getOrDefault(room, 0L)
        : -1;
  }

  /// Whether it has nothing of a room yet.
  synchronized boolean isNewTo(String room) {
    return !views.containsKey(room);
  }

  /// The messages of a room as the client sees them.
  synchronized List<ShownEntry> messages(String room) {
    return isNewTo(room) ? List.of() : view(room).messages();
  }

  /// Takes over what a page shows. A client that has nothing yet begins with the page, and goes on
  /// behind it.
  synchronized void keep(Event.Read page) {
    RoomView known = views.get(page.room());
    if (known == null) {
      views.put(page.room(), new RoomView(person, page.from()));
      cursors.put(page.room(), page.to());
    }
    view(page.room()).addAll(page.entries());
  }

  /// Writes down what the client has of a room.
  synchronized void tellWhatIsKept(String room) {
    RoomView view = view(room);
    history.add(new Event.Kept(person, room, view.from(), view.entries()));
  }

  /// The place of the person as this client knows it; -1 if it does not.
  synchronized long place(String room) {
    return places.getOrDefault(room, -1L);
  }

  /// Takes over a place that was read. One that came as a frame meanwhile is newer.
  synchronized void learnPlace(String room, long place) {
    places.putIfAbsent(room, place);
  }

  synchronized void forgetPlace(String room) {
    places.remove(room);
  }

  /// Writes down the place that the client has in a room.
  synchronized void tellPlace(String room) {
    history.add(new Event.PlaceKept(opened.number, person, room, place(room)));
  }

  private RoomView view(String room) {
    return views.computeIfAbsent(room, each -> new RoomView(person));
  }

  synchronized int breaks() {
    return breaks;
  }

  /// Lets go of the socket: nothing that it still brings counts.
  void lose(String why) {
    Opened lost;
    synchronized (this) {
      lost = opened;
      if (lost == null) {
        return;
      }
      opened = null;
      breaks++;
      lost.subscriptions.forEach((room, number) -> history.add(new Event.Ended(number, room, why)));
      lost.asked.forEach((number, room) -> history.add(new Event.Ended(number, room, why)));
    }
    lost.waiting.values().forEach(answer -> answer.cancel(false));
    if (lost.socket != null) {
      lost.socket.abort();
    }
  }

  /// Subscribes behind what the client has, and waits for the answer. The name of a problem, or
  /// null if it began; a line that does not answer is lost.
  @Nullable String subscribe(String room) {
    Opened now;
    int number = history.newNumber();
    long after;
    synchronized (this) {
      now = opened;
      if (now == null) {
        return "lost";
      }
      after = cursors.getOrDefault(room, 0L);
      now.asked.put(number, room);
      history.add(new Event.Asked(number, person, room, after));
    }
    JsonNode answer =
        ask(now, "s" + number, Map.of("type", "subscribe", "roomId", room, "after", after));
    if (answer == null) {
      return "lost";
    }
    return type(answer).equals("error") ? answer.get("problem").stringValue() : null;
  }

  /// Sends a message, which answers the message `replyTo` unless that is 0; the service's answer
  /// comes later, or never.
  CompletableFuture<JsonNode> post(String room, String id, String text, long replyTo) {
    Opened now;
    synchronized (this) {
      now = opened;
    }
    if (now == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("lost"));
    }
    Map<String, Object> frame = new HashMap<>();
    frame.putAll(Map.of("type", "post", "roomId", room, "clientMessageId", id, "text", text));
    if (replyTo != 0) {
      frame.put("replyTo", replyTo);
    }
    return send(now, id, frame);
  }

  /// Waits for an answer; null, and the line is lost, if it does not come in time.
  @Nullable JsonNode await(CompletableFuture<JsonNode> answer) {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (Exception none) {
      lose("no answer");
      return null;
    }
  }

  private @Nullable JsonNode ask(Opened on, String requestId, Map<String, Object> frame) {
    return await(send(on, requestId, frame));
  }

  private static CompletableFuture<JsonNode> send(
      Opened on, String requestId, Map<String, Object> frame) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    on.waiting.put(requestId, answer);
    Map<String, Object> whole = new HashMap<>(frame);
    whole.put("requestId", requestId);
    try {
      on.socket
          .sendText(JSON.writeValueAsString(whole), true)
          .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .join();
    } catch (RuntimeException broken) {
      answer.completeExceptionally(broken);
    }
    return answer;
  }

  static String type(JsonNode frame) {
    return frame.get("type").stringValue();
  }

  private synchronized void receive(Opened from, JsonNode frame) {
    if (from != opened) {
      return;
    }
    switch (type(frame)) {
      case "entry" -> heard(from, frame);
      case "subscribed" -> subscribed(from, frame);
      case "behind" -> {
        Integer number = from.subscriptions.remove(room(frame));
        if (number != null) {
          history.add(new Event.Ended(number, room(frame), "behind"));
        }
      }
      case "read" -> {
        long place = frame.get("lastReadSeq").longValue();
        history.add(new Event.PlaceHeard(from.number, person, room(frame), place));
        places.put(room(frame), place);
      }
      case "error" -> refused(from, frame);
      default -> {}
    }
    JsonNode requestId = frame.get("requestId");
    CompletableFuture<JsonNode> waits =
        requestId == null ? null : from.waiting.remove(requestId.stringValue());
    if (waits != null) {
      waits.complete(frame);
    }
  }

  private void heard(Opened from, JsonNode frame) {
    LogEntry entry = LogEntry.of(frame);
    int number = from.subscriptions.getOrDefault(room(frame), 0);
    history.add(new Event.Heard(number, room(frame), entry));
    cursors.put(room(frame), entry.seq());
    view(room(frame)).add(entry);
  }

  private void subscribed(Opened from, JsonNode frame) {
    String room = room(frame);
    int number = Integer.parseInt(frame.get("requestId").stringValue().substring(1));
    from.asked.remove(number);
    Integer replaced = from.subscriptions.put(room, number);
    if (replaced != null) {
      history.add(new Event.Ended(replaced, room, "replaced"));
    }
    long after = frame.get("after").longValue();
    history.add(new Event.Subscribed(number, room, after, frame.get("last").longValue()));
    cursors.put(room, after);
  }

  private void refused(Opened from, JsonNode frame) {
    JsonNode requestId = frame.get("requestId");
    if (requestId != null && requestId.stringValue().matches("s\\d+")) {
      int number = Integer.parseInt(requestId.stringValue().substring(1));
      String room = from.asked.remove(number);
      if (room != null) {
        history.add(new Event.Ended(number, room, frame.get("problem").stringValue()));
      }
    }
  }

  private static String room(JsonNode frame) {
    return frame.get("roomId").stringValue();
  }

  /// One socket. What comes from it after the line let it go is dropped.
  private final class Opened implements WebSocket.Listener {

    final int number = history.newNumber();
    final CompletableFuture<Void> ended = new CompletableFuture<>();
    final Map<String, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

    /// Subscriptions that began, by room, and the rooms of those that were asked for.
    final Map<String, Integer> subscriptions = new HashMap<>();

    final Map<Integer, String> asked = new HashMap<>();
    private final StringBuilder partial = new StringBuilder();
    WebSocket socket;

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        partial.toString().lines().map(JSON::readTree).forEach(frame -> receive(this, frame));
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end();
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end();
    }

    private void end() {
      ended.complete(null);
      waiting.values().forEach(answer -> answer.cancel(false));
    }
  }
}
