package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.OutboundChannel;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.history.Event;
import io.tercet.chat.history.History;
import io.tercet.chat.history.LogEntry;
import io.tercet.chat.history.RoomView;
import io.tercet.chat.history.ShownEntry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One client of a person at some replica. It writes down what it does and gets, and comes back
/// elsewhere when its line breaks. What is on its way when the line breaks is lost.
final class SimulatedClient {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Places of a page, fewer than a room has at the end.
  private static final int PAGE = 10;

  final Person person;
  private final History history;
  private final Map<RoomId, Long> cursors = new HashMap<>();
  private final Map<RoomId, RoomView> views = new HashMap<>();

  final SimulatedEditor editor;

  /// Messages that nobody knows the outcome of, by their id.
  final Map<String, ClientFrame.Post> unknown = new LinkedHashMap<>();

  private @Nullable Line line;

  SimulatedClient(Person person, History history) {
    this.person = person;
    this.history = history;
    this.editor = new SimulatedEditor(person, history);
  }

  /// A connection to one replica. What is written waits here until it arrives.
  private final class Line implements OutboundChannel {

    final SimulatedReplica replica;
    final Map<RoomId, Integer> subscriptions = new HashMap<>();
    final Map<String, RoomId> asked = new LinkedHashMap<>();
    final Map<String, ClientFrame.Post> posted = new LinkedHashMap<>();
    final Set<String> readings = new HashSet<>();
    final ArrayDeque<Arriving> arriving = new ArrayDeque<>();
    Connection connection;
    boolean busy;
    boolean closed;

    Line(SimulatedReplica replica) {
      this.replica = replica;
    }

    @Override
    public void write(ByteBuffer message, Runnable written) {
      arriving.add(new Arriving(StandardCharsets.UTF_8.decode(message).toString(), written));
    }

    @Override
    public void close(CloseReason reason) {
      closed = true;
    }

    @Override
    public void abort() {
      closed = true;
    }
  }

  private record Arriving(String text, Runnable written) {}

  boolean isOpen() {
    return line != null && !line.replica.isDead() && !line.closed;
  }

  /// Whether its door handles a frame of it just now.
  boolean isBusy() {
    return line != null && line.busy;
  }

  boolean hasArriving() {
    return isOpen() && !line.arriving.isEmpty();
  }

  /// How far it has come in a room to which it is subscribed; -1 if it is not.
  long heard(RoomId roomId) {
    return isOpen() && line.subscriptions.containsKey(roomId)
        ? cursors.getOrDefault(roomId, 0L)
        : -1;
  }

  /// What it keeps of a room.
  RoomView view(RoomId roomId) {
    return views.computeIfAbsent(roomId, room -> new RoomView(person.personId().toString()));
  }

  boolean isAsking(RoomId roomId) {
    return isOpen() && line.asked.containsValue(roomId);
  }

  void open(SimulatedReplica replica) {
    Line opened = new Line(replica);
    line = opened;
    opened.connection =
        replica.handler.open(person, new SessionId(new UUID(0, 5)), "192.0.2.1", opened);
  }

  /// The line breaks.
  void lose(String why) {
    Line lost = line;
    if (lost == null) {
      return;
    }
    line = null;
    lost.subscriptions.forEach(
        (roomId, number) -> history.add(new Event.Ended(number, roomId.toString(), why)));
    lost.asked.forEach(
        (number, roomId) -> history.add(new Event.Ended(number(number), roomId.toString(), why)));
    lost.posted.values().forEach(this::unknown);
    if (!lost.replica.isDead()) {
      lost.replica.handler.closed(lost.connection);
    }
  }

  void subscribe(RoomId roomId) {
    int number = history.newNumber();
    long after = cursors.getOrDefault(roomId, 0L);
    history.add(new Event.Asked(number, person.personId().toString(), roomId.toString(), after));
    line.asked.put("s" + number, roomId);
    receive(
        new ClientFrame.Subscribe("s" + number, roomId, new StartPosition.After(after, "first")));
  }

  /// Whether it has nothing of a room yet.
  boolean isNewTo(RoomId roomId) {
    return !views.containsKey(roomId);
  }

  /// Whether a page would be sent at once.
  boolean canRead() {
    return isOpen() && line.connection.sendQueue().unsent() == 0;
  }

  /// Asks for the newest page of a room.
  void read(RoomId roomId) {
    String requestId = "h" + history.newNumber();
    history.add(
        new Event.Reads(number(requestId), person.personId().toString(), roomId.toString()));
    line.readings.add(requestId);
    receive(new ClientFrame.History(requestId, roomId, Long.MAX_VALUE, PAGE));
  }

  /// Sends a new message, which answers the message `replyTo`, if that is not null.
  void post(RoomId roomId, String id, @Nullable Long replyTo) {
    repeat(new ClientFrame.Post(id, roomId, id, "text of " + id, replyTo));
  }

  /// Sends a message, or sends it again.
  void repeat(ClientFrame.Post post) {
    unknown.remove(post.clientMessageId());
    history.add(
        new Event.Posted(
            person.personId().toString(),
            post.roomId().toString(),
            post.clientMessageId(),
            post.text(),
            post.replyTo() == null ? 0 : post.replyTo()));
    line.posted.put(post.requestId(), post);
    receive(post);
    SimulatedReplica replica = line == null ? null : line.replica;
    if (replica != null && !replica.isDead()) {
      replica.log.awaitQuiet();
    }
  }

  private void receive(ClientFrame frame) {
    Line used = line;
    used.busy = true;
    try {
      used.replica.handler.receive(used.connection, frame);
    } finally {
      used.busy = false;
    }
  }

  /// The next message arrives.
  void arrive() {
    Line here = line;
    Arriving next = here.arriving.remove();
    List<JsonNode> frames = new ArrayList<>();
    next.text().lines().map(JSON::readTree).forEach(frames::add);
    frames.forEach(frame -> got(here, frame));
    next.written().run();
  }

  private void got(Line here, JsonNode frame) {
    switch (frame.get("type").stringValue()) {
      case "entry" -> {
        RoomId roomId = roomId(frame);
        LogEntry entry = LogEntry.of(frame);
        int number = here.subscriptions.getOrDefault(roomId, 0);
        history.add(new Event.Heard(number, roomId.toString(), entry));
        cursors.put(roomId, entry.seq());
        view(roomId).add(entry);
      }
      case "subscribed" -> subscribed(here, frame);
      case "behind" -> {
        Integer number = here.subscriptions.remove(roomId(frame));
        if (number != null) {
          history.add(new Event.Ended(number, roomId(frame).toString(), "behind"));
        }
      }
      case "acknowledged" -> {
        ClientFrame.Post post = here.posted.remove(frame.get("requestId").stringValue());
        history.add(
            new Event.Acknowledged(
                person.personId().toString(),
                post.roomId().toString(),
                post.clientMessageId(),
                frame.get("seq").longValue()));
      }
      case "history" -> read(here, frame);
      case "error" -> refused(here, frame);
      default -> {}
    }
  }

  /// A client that has nothing of the room begins with the page, and goes on behind it.
  private void read(Line here, JsonNode frame) {
    RoomId roomId = roomId(frame);
    String requestId = frame.get("requestId").stringValue();
    long from = frame.get("from").longValue();
    long to = frame.get("to").longValue();
    List<ShownEntry> shown = shown(frame, "entries");
    here.readings.remove(requestId);
    history.add(
        new Event.Read(
            number(requestId), roomId.toString(), from, to, 0, shown, shown(frame, "quoted")));
    if (isNewTo(roomId)) {
      views.put(roomId, new RoomView(person.personId().toString(), from));
      cursors.put(roomId, to);
    }
    view(roomId).addAll(shown);
  }

  private static List<ShownEntry> shown(JsonNode frame, String member) {
    return frame.path(member).valueStream().map(ShownEntry::of).toList();
  }

  private void subscribed(Line here, JsonNode frame) {
    RoomId roomId = roomId(frame);
    String requestId = frame.get("requestId").stringValue();
    here.asked.remove(requestId);
    int number = number(requestId);
    Integer replaced = here.subscriptions.put(roomId, number);
    if (replaced != null) {
      history.add(new Event.Ended(replaced, roomId.toString(), "replaced"));
    }
    long after = frame.get("after").longValue();
    history.add(
        new Event.Subscribed(number, roomId.toString(), after, frame.get("last").longValue()));
    cursors.put(roomId, after);
  }

  private void refused(Line here, JsonNode frame) {
    String requestId = frame.get("requestId").stringValue();
    String problem = frame.get("problem").stringValue();
    RoomId asked = here.asked.remove(requestId);
    if (asked != null) {
      int number = number(requestId);
      history.add(new Event.Ended(number, asked.toString(), problem));
      return;
    }
    if (here.readings.remove(requestId)) {
      return;
    }
    ClientFrame.Post post = here.posted.remove(requestId);
    if (problem.equals("service-timeout")) {
      unknown(post);
    } else {
      history.add(
          new Event.Refused(
              person.personId().toString(),
              post.roomId().toString(),
              post.clientMessageId(),
              problem));
    }
  }

  private void unknown(ClientFrame.Post post) {
    history.add(
        new Event.Unknown(
            person.personId().toString(), post.roomId().toString(), post.clientMessageId()));
    unknown.put(post.clientMessageId(), post);
  }

  private static int number(String requestId) {
    return Integer.parseInt(requestId.substring(1));
  }

  private static RoomId roomId(JsonNode frame) {
    return RoomId.of(frame.get("roomId").stringValue());
  }
}
