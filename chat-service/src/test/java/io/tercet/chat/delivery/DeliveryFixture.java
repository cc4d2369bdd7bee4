package io.tercet.chat.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.OutboundChannel;
import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.StartPosition;
import io.tercet.chat.frame.TestFrames;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogEpoch;
import io.tercet.chat.log.LogModel;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.presence.SharedPresence;
import io.tercet.chat.presence.TestPresence;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import io.tercet.chat.session.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The delivery of one room without sockets or a database, and without threads unless a test brings
/// some. A test runs each thread's task by hand and puts steps of others between by [#onRead],
/// [#onCheck] and [TestChannel#onWrite].
final class DeliveryFixture {

  static final RoomId ROOM = new RoomId(new UUID(0, 1));
  static final Person ADA = new Person(new PersonId(new UUID(0, 2)), "ada", false);
  static final Person BOB = new Person(new PersonId(new UUID(0, 3)), "bob", false);
  static final Person EVE = new Person(new PersonId(new UUID(0, 4)), "eve", false);

  static final SessionId SESSION = new SessionId(new UUID(0, 5));
  static final String NETWORK = "192.0.2.1";
  static final String EPOCH = "first";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE_ENTRIES = 3;

  /// Two pages.
  static final int GAP_ENTRIES = 6;

  final ManualThreads threads = new ManualThreads();
  final MemoryLog log = new MemoryLog();
  final FrameWriter frames = TestFrames.writer();
  final DeliverySettings settings =
      new DeliverySettings(
          4,
          3,
          3,
          2,
          PAGE_ENTRIES,
          DataSize.ofKilobytes(2),
          1,
          Duration.ofMillis(250),
          2,
          DataSize.ofKilobytes(4),
          Duration.ofSeconds(2),
          2,
          GAP_ENTRIES,
          Duration.ofSeconds(5),
          10,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  final OutboundSettings outbound =
      new OutboundSettings(
          DataSize.ofKilobytes(4),
          DataSize.ofKilobytes(1),
          DataSize.ofKilobytes(4),
          DataSize.ofKilobytes(40),
          DataSize.ofKilobytes(40),
          DataSize.ofKilobytes(2));
  final TestHints hints = new TestHints();
  final DeliveryMetrics metrics = new DeliveryMetrics(new SimpleMeterRegistry());
  final Connections connections = new Connections(settings, outbound, metrics);
  final PageTurns turns = new PageTurns(settings, connections);
  final Rooms rooms = mock(Rooms.class, withSettings().stubOnly());
  final LogEpoch epoch = mock(LogEpoch.class, withSettings().stubOnly());
  final SharedPresence presence;
  final CatchUp catchUp;
  final Fanout fanout;
  final ConnectionHandler handler;

  /// Runs after a page of the log was read and before anybody gets it.
  Runnable onRead = () -> {};

  /// Runs after a membership was read and before anybody knows of it.
  Runnable onCheck = () -> {};

  DeliveryFixture() {
    this(null);
  }

  /// With threads of its own, or by hand.
  DeliveryFixture(@Nullable DeliveryThreads own) {
    this(own, TestPresence.alone());
  }

  /// One of several replicas that know who is present on the others.
  DeliveryFixture(@Nullable DeliveryThreads own, SharedPresence presence) {
    this.presence = presence;
    DeliveryThreads used = own == null ? threads : own;
    catchUp = new CatchUp(log, frames, settings, metrics, used, turns);
    fanout =
        new Fanout(
            connections,
            outbound,
            metrics,
            catchUp,
            hints,
            new RoomChannel.Context(frames, settings, used, presence));
    hints.listener = fanout;
    handler =
        new ConnectionHandler(
            rooms,
            fanout,
            connections,
            frames,
            new MessagePages(rooms, frames, outbound, turns),
            epoch,
            () -> Instant.EPOCH);
    when(rooms.get(any(), any())).thenAnswer(call -> room(call.getArgument(1)));
    when(rooms.currentEntries(any(), any(), anyLong(), anyLong()))
        .thenAnswer(call ->
            log.current(ROOM, call.getArgument(1), call.getArgument(2), call.getArgument(3)));
    when(epoch.value()).thenReturn(EPOCH);
    when(epoch.is(any())).thenAnswer(call -> EPOCH.equals(call.getArgument(0)));
  }

  private Room room(PersonId personId) {
    Room room = log.room(personId);
    Runnable step = onCheck;
    onCheck = () -> {};
    step.run();
    if (!room.member()) {
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
    return log.append(entries);
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
    channel.connection = handler.open(person, SESSION, NETWORK, channel);
    channel.frames();
    return channel;
  }

  void subscribe(TestChannel channel, long after) {
    handler.receive(
        channel.connection,
        new ClientFrame.Subscribe("r", ROOM, new StartPosition.After(after, null)));
  }

  /// A connection that is live at the end of the log.
  TestChannel live(Person person) {
    TestChannel channel = connect(person);
    subscribe(channel, log.size());
    threads.runAll();
    channel.frames();
    return channel;
  }

  /// The log, and who is a member. One lock makes each call one step, as a database does.
  final class MemoryLog implements LogReader {

    private final List<Entry> entries = new ArrayList<>();
    private final Set<PersonId> members = new HashSet<>();

    /// How many pages were read.
    int reads;

    /// Whether the database is away.
    boolean away;

    synchronized List<Entry> append(Entry... more) {
      int from = entries.size();
      for (Entry entry : more) {
        entries.add(
            new Entry(
                entries.size() + 1,
                entry.personId(),
                entry.name(),
                entry.sentAt(),
                entry.content()));
        if (entry.content() instanceof Entry.Left) {
          members.remove(entry.personId());
        } else {
          members.add(entry.personId());
        }
      }
      return List.copyOf(entries.subList(from, entries.size()));
    }

    synchronized int size() {
      return entries.size();
    }

    synchronized Room room(PersonId personId) {
      Role role = members.contains(personId) ? Role.MEMBER : null;
      return new Room(
          ROOM, "plans", "", Visibility.PRIVATE, role, entries.size(), 1, 0, 0, 0, List.of());
    }

    @Override
    public List<Entry> after(RoomId roomId, long after, int limit) {
      List<Entry> page;
      synchronized (this) {
        reads++;
        if (away) {
          throw new ProblemException(ProblemType.SERVICE_UNAVAILABLE);
        }
        int from = (int) Math.min(entries.size(), after);
        page = List.copyOf(entries.subList(from, Math.min(entries.size(), from + limit)));
      }
      Runnable step = onRead;
      onRead = () -> {};
      step.run();
      return page;
    }

    @Override
    public synchronized List<CurrentEntry> current(
        RoomId roomId, PersonId viewer, long from, long to) {
      return LogModel.current(entries, viewer, from, to);
    }

    @Override
    public synchronized List<CurrentEntry> current(
        RoomId roomId, PersonId viewer, Collection<Long> seqs) {
      return LogModel.current(entries, viewer).stream()
          .filter(now -> seqs.contains(now.entry().seq()))
          .toList();
    }

    @Override
    public synchronized List<CurrentEntry> replies(
        RoomId roomId, PersonId viewer, long origin, long after, int limit) {
      return LogModel.replies(entries, viewer, origin, after, limit);
    }

    @Override
    public synchronized List<CurrentEntry> pinned(RoomId roomId, PersonId viewer, int limit) {
      return LogModel.pinned(entries, viewer);
    }

    @Override
    public Map<RoomId, Long> lastSeqs(Collection<RoomId> roomIds) {
      return roomIds.contains(ROOM) ? Map.of(ROOM, (long) size()) : Map.of();
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public List<Entry> before(RoomId roomId, long before, int limit) {
      throw new UnsupportedOperationException();
    }
  }

  /// Tells this replica, and keeps what the others would hear.
  static final class TestHints implements HintBroker {

    final List<Hint> published = new ArrayList<>();
    HintListener listener;

    @Override
    public void publish(Hint hint) {
      synchronized (published) {
        published.add(hint);
      }
      listener.heard(hint);
    }
  }

  /// Threads whose tasks wait until the test runs them.
  static final class ManualThreads extends DeliveryThreads {

    final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    /// Tasks that run after a while.
    final ArrayDeque<Runnable> later = new ArrayDeque<>();

    @Override
    public void start(String name, Runnable task) {
      tasks.add(task);
    }

    @Override
    public void startLater(String name, Duration delay, Runnable task) {
      later.add(task);
    }

    void runAll() {
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }
    }

    /// Lets the time pass after which every waiting task runs.
    void runLater() {
      List<Runnable> due = List.copyOf(later);
      later.clear();
      due.forEach(Runnable::run);
    }
  }

  /// A connection that keeps what is written to it.
  static final class TestChannel implements OutboundChannel {

    Connection connection;
    CloseReason closed;
    boolean aborted;
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

    @Override
    public void abort() {
      aborted = true;
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

    /// The `seq` of each entry since the last call.
    List<Long> seqs() {
      return frames().stream()
          .filter(frame -> frame.startsWith("entry "))
          .map(frame -> Long.valueOf(frame.substring("entry ".length())))
          .toList();
    }

    /// The last frame since the last call, as it is.
    JsonNode lastFrame() {
      JsonNode last = JSON.readTree(lines.getLast());
      lines.clear();
      return last;
    }

    private static String describe(JsonNode frame) {
      String type = frame.get("type").stringValue();
      return switch (type) {
        case "entry" -> "entry " + frame.get("seq");
        case "presence" -> "presence " + names(frame, "here");
        case "presence-changed" ->
            "presence +[" + names(frame, "arrived") + "] -[" + names(frame, "departed") + "]";
        case "behind" -> "behind " + frame.get("after");
        case "error" -> "error " + frame.get("problem").stringValue();
        default -> type;
      };
    }

    private static String names(JsonNode frame, String member) {
      return String.join(
          " ", frame.get(member).valueStream().map(p -> p.get("name").stringValue()).toList());
    }
  }
}
