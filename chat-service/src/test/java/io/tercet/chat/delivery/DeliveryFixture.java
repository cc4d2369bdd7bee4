package io.tercet.chat.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.frame.TestFrames;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The delivery of one room without sockets, threads or a database. A test runs each thread's task
/// by hand and puts steps of others between by [#onRead], [#onCheck] and [TestChannel#onWrite].
final class DeliveryFixture {

  static final RoomId ROOM = new RoomId(new UUID(0, 1));
  static final Person ADA = new Person(new PersonId(new UUID(0, 2)), "ada", false);
  static final Person BOB = new Person(new PersonId(new UUID(0, 3)), "bob", false);
  static final Person EVE = new Person(new PersonId(new UUID(0, 4)), "eve", false);

  static final SessionId SESSION = new SessionId(new UUID(0, 5));
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE_ENTRIES = 3;

  final List<Entry> log = new ArrayList<>();
  final ManualThreads threads = new ManualThreads();
  final FrameWriter frames = TestFrames.writer();
  final DeliverySettings settings =
      new DeliverySettings(
          3,
          2,
          DataSize.ofKilobytes(4),
          DataSize.ofKilobytes(1),
          DataSize.ofKilobytes(4),
          DataSize.ofKilobytes(2),
          PAGE_ENTRIES,
          10,
          Duration.ofSeconds(1));
  final DeliveryMetrics metrics = new DeliveryMetrics(new SimpleMeterRegistry());
  final Connections connections = new Connections(settings, metrics);
  final Rooms rooms = mock(Rooms.class);
  final CatchUp catchUp = new CatchUp(new MemoryLog(), frames, settings, metrics, threads);
  final Fanout fanout = new Fanout(connections, frames, settings, metrics, catchUp, threads);
  final ConnectionHandler handler =
      new ConnectionHandler(
          rooms, fanout, catchUp, connections, frames, settings, () -> Instant.EPOCH);

  /// Runs after a page of the log was read and before anybody gets it.
  Runnable onRead = () -> {};

  /// Runs after a membership was read and before anybody knows of it.
  Runnable onCheck = () -> {};

  DeliveryFixture() {
    when(rooms.get(any(), any())).thenAnswer(call -> room(call.getArgument(1)));
  }

  private Room room(PersonId personId) {
    boolean member = false;
    for (Entry entry : log) {
      if (entry.personId().equals(personId)) {
        member = !(entry.content() instanceof Entry.Left);
      }
    }
    Room room = new Room(ROOM, "plans", "", Visibility.PRIVATE, member, log.size(), 1);
    Runnable step = onCheck;
    onCheck = () -> {};
    step.run();
    if (!member) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    return room;
  }

  /// Commits entries in one batch and tells the fan-out, as the log's writer does.
  void commit(Entry... entries) {
    fanout.committed(ROOM, append(entries));
  }

  /// Appends entries that another replica committed: nobody here is told.
  List<Entry> append(Entry... entries) {
    int from = log.size();
    for (Entry entry : entries) {
      log.add(
          new Entry(
              log.size() + 1, entry.personId(), entry.name(), entry.sentAt(), entry.content()));
    }
    return List.copyOf(log.subList(from, log.size()));
  }

  static Entry joined(Person person) {
    return entry(person, new Entry.Joined());
  }

  static Entry left(Person person) {
    return entry(person, new Entry.Left());
  }

  static Entry said(Person person, String text) {
    return entry(person, new Entry.Message("c", text));
  }

  private static Entry entry(Person person, Entry.Content content) {
    return new Entry(1, person.personId(), person.name(), Instant.EPOCH, content);
  }

  /// A new connection that has read its `welcome`.
  TestChannel connect(Person person) {
    TestChannel channel = new TestChannel();
    channel.connection = handler.open(person, SESSION, channel);
    channel.frames();
    return channel;
  }

  void subscribe(TestChannel channel, long after) {
    handler.receive(
        channel.connection, new ClientFrame.Subscribe("r", ROOM, new StartPosition.After(after)));
  }

  /// A connection that is live at the end of the log.
  TestChannel live(Person person) {
    TestChannel channel = connect(person);
    subscribe(channel, log.size());
    threads.runAll();
    channel.frames();
    return channel;
  }

  private final class MemoryLog implements LogReader {

    @Override
    public List<Entry> after(RoomId roomId, long after, int limit) {
      List<Entry> page =
          List.copyOf(log.subList((int) after, (int) Math.min(log.size(), after + limit)));
      Runnable step = onRead;
      onRead = () -> {};
      step.run();
      return page;
    }

    @Override
    public List<Entry> before(RoomId roomId, long before, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  /// Threads whose tasks wait until the test runs them.
  static final class ManualThreads extends DeliveryThreads {

    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    void start(String name, Runnable task) {
      tasks.add(task);
    }

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }
  }

  /// A connection that keeps what is written to it.
  static final class TestChannel implements OutboundChannel {

    Connection connection;
    CloseReason closed;
    boolean reading = true;
    Runnable onWrite = () -> {};
    private final List<String> lines = new ArrayList<>();
    private Runnable written = () -> {};

    @Override
    public void write(ByteBuffer message, Runnable written) {
      StandardCharsets.UTF_8.decode(message).toString().lines().forEach(lines::add);
      onWrite.run();
      if (reading) {
        written.run();
      } else {
        this.written = written;
      }
    }

    @Override
    public void close(CloseReason reason) {
      closed = reason;
    }

    void readAgain() {
      reading = true;
      written.run();
    }

    /// Each frame since the last call in a word: its type, with the `seq` of an entry, the people
    /// of a presence or the problem of an error.
    List<String> frames() {
      List<String> frames = lines.stream().map(line -> describe(JSON.readTree(line))).toList();
      lines.clear();
      return frames;
    }

    private static String describe(JsonNode frame) {
      String type = frame.get("type").stringValue();
      return switch (type) {
        case "entry" -> "entry " + frame.get("seq");
        case "presence" ->
            "presence "
                + String.join(
                    " ",
                    frame.get("here").valueStream().map(p -> p.get("name").stringValue()).toList());
        case "arrived", "departed" -> type + ' ' + frame.get("person").get("name").stringValue();
        case "behind" -> "behind " + frame.get("after");
        case "error" -> "error " + frame.get("problem").stringValue();
        default -> type;
      };
    }
  }
}
