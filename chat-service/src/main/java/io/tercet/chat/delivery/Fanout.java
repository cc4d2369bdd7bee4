package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.delivery.outbound.SendBudget;
import io.tercet.chat.delivery.outbound.SendBudget.Claim;
import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.log.CommitListener;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.mention.Attendance;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Delivers committed entries to every subscription, and tells people when their rooms change.
///
/// The log's writer only puts entries into the queue of their room. One virtual thread for each
/// busy room takes everything that is queued, encodes it once, and sends the same bytes to every
/// connection; entries that are committed meanwhile wait for the next round. So a busy room delays
/// no other room, and no commit.
///
/// Of entries that another replica committed, this one hears that they are there, or finds it out.
/// Then the room's thread reads them from the log, once for all subscriptions, and delivers them as
/// if they had been committed here. If they cannot be read, it tries again after
/// [DeliverySettings#pagePause]. After [DeliverySettings#gapEntriesMax] of them it leaves the rest
/// to the catch-up of each subscription.
///
/// - Bounds: [DeliverySettings#roomQueueMax] for a room, within the budget of all that waits to be
///   sent. Past it the queue drops entries: the room's thread reads them from the log, in pages of
///   [DeliverySettings#pageEntries].
/// - Threading: any thread. The lock of `queues` is innermost.
@Component
@EnableConfigurationProperties({DeliverySettings.class, OutboundSettings.class})
public class Fanout implements Attendance, CommitListener, HintListener {

  private static final Logger log = LoggerFactory.getLogger(Fanout.class);

  private final Connections connections;
  private final RoomChannel.Context context;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final OutboundSettings outbound;
  private final DeliveryMetrics metrics;
  private final CatchUp catchUp;
  private final HintBroker hints;
  private final DeliveryThreads threads;
  private final Map<RoomId, RoomChannel> channels = new ConcurrentHashMap<>();
  private final Map<RoomId, Queued> queues = new HashMap<>();

  /// What waits for the thread of one room. Guarded by the lock of `queues` until it is taken.
  private static final class Queued {

    /// What an entry takes beside its text, about.
    private static final int ENTRY_BYTES = 256;

    /// What the id of a person takes, as characters.
    private static final int PERSON_LENGTH = 36;

    private final SendBudget budget;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;
    private long lastSeq;
    private long saidSeq;

    /// Whether entries did not fit. Then nothing more is queued, and the log has them.
    private boolean dropped;

    Queued(SendBudget budget) {
      this.budget = budget;
    }

    void add(List<Entry> more) {
      long size = 0;
      for (Entry entry : more) {
        size += ENTRY_BYTES;
        size += (long) Character.BYTES * length(entry.content());
      }
      reached(more.getLast().seq());
      dropped = dropped || !budget.tryAdd(size, Claim.FIRST_ENTRIES);
      if (!dropped) {
        entries.addAll(more);
        bytes += size;
      }
    }

    private static int length(Entry.Content content) {
      return switch (content) {
        case Entry.Message message -> message.text().length() + length(message.mentions());
        case Entry.Edited edited -> edited.text().length() + length(edited.mentions());
        default -> 0;
      };
    }

    private static int length(Entry.@Nullable Mentions mentions) {
      return mentions == null ? 0 : PERSON_LENGTH * mentions.people().size();
    }

    /// The log has entries up to `seq`.
    void reached(long seq) {
      lastSeq = Math.max(lastSeq, seq);
    }

    /// Somebody says so.
    void said(long seq) {
      saidSeq = Math.max(saidSeq, seq);
    }

    boolean isEmpty() {
      return lastSeq == 0 && saidSeq == 0;
    }

    void delivered() {
      budget.remove(bytes);
    }
  }

  Fanout(
      Connections connections,
      OutboundSettings outbound,
      DeliveryMetrics metrics,
      CatchUp catchUp,
      HintBroker hints,
      RoomChannel.Context context) {
    this.connections = connections;
    this.context = context;
    this.frames = context.frames();
    this.settings = context.settings();
    this.outbound = outbound;
    this.metrics = metrics;
    this.catchUp = catchUp;
    this.threads = context.threads();
    this.hints = hints;
  }

  /// Adds a subscription to the channel of its room; it gets nothing before it arrives. Throws
  /// `too-many-subscriptions`.
  Subscription subscribe(RoomId roomId, Connection connection) {
    Map<RoomId, Subscription> known = connection.subscriptions();
    if (!known.containsKey(roomId) && known.size() >= settings.subscriptionsMax()) {
      throw new ProblemException(
          ProblemType.TOO_MANY_SUBSCRIPTIONS,
          "One socket subscribes to at most " + settings.subscriptionsMax() + " rooms.");
    }
    while (true) {
      RoomChannel channel =
          channels.computeIfAbsent(
              roomId, id -> new RoomChannel(id, context, retired -> channels.remove(id, retired)));
      Subscription subscription = new Subscription(channel, connection);
      if (channel.add(subscription)) {
        return subscription;
      }
    }
  }

  /// Sends a subscription that has arrived what it misses, and then what comes.
  void start(Subscription subscription) {
    catchUp.start(subscription);
  }

  /// Ends the subscriptions of a connection that is gone. They end on another thread: a write may
  /// find that the connection is gone, under the lock of a channel.
  void endAll(Connection connection) {
    List<Subscription> left = List.copyOf(connection.subscriptions().values());
    if (!left.isEmpty()) {
      threads.start(
          "closed", () -> left.forEach(subscription -> subscription.channel.end(subscription)));
    }
  }

  @Override
  public void committed(RoomId roomId, List<Entry> entries) {
    metrics.sent(entries.size());
    for (Entry entry : entries) {
      if (entry.content() instanceof Entry.Joined || entry.content() instanceof Entry.Left) {
        hints.publish(new Hint.PersonChanged(entry.personId().value()));
      }
    }
    long last = entries.getLast().seq();
    RoomChannel channel = channels.get(roomId);
    if (channel != null) {
      channel.committed(last);
      enqueue(roomId, queued -> queued.add(entries));
    }
    hints.publish(new Hint.RoomReached(roomId.value(), last));
  }

  @Override
  public void admitted(Collection<PersonId> people) {
    people.forEach(personId -> hints.publish(new Hint.PersonChanged(personId.value())));
  }

  @Override
  public void heard(Hint hint) {
    switch (hint) {
      case Hint.RoomReached(UUID roomId, long seq) -> said(new RoomId(roomId), seq);
      case Hint.PersonChanged(UUID personId) -> roomsChanged(new PersonId(personId));
      case Hint.PresenceChanged _, Hint.PlacesMoved _, Hint.CardChanged _, Hint.SessionEnded _ -> {}
    }
  }

  /// Somebody says that the log of a room has entries up to `seq`: only the log knows.
  private void said(RoomId roomId, long seq) {
    RoomChannel channel = channels.get(roomId);
    if (channel != null && !channel.knows(seq)) {
      enqueue(roomId, queued -> queued.said(seq));
    }
  }

  /// Lets a person be called so from now on, and sends a frame that says so once to each of their
  /// connections, and to each that listens to one of their rooms.
  public void rename(Person person, Collection<RoomId> rooms, ByteBuffer frame) {
    Set<Connection> told = new LinkedHashSet<>(connections.of(person.personId()));
    told.forEach(connection -> connection.rename(person));
    for (RoomId roomId : rooms) {
      RoomChannel channel = channels.get(roomId);
      if (channel != null) {
        told.addAll(channel.rename(person));
      }
    }
    told.forEach(connection -> connection.send(frame));
  }

  /// The log of a room has entries up to `seq`, whoever committed them.
  void reached(RoomId roomId, long seq) {
    RoomChannel channel = channels.get(roomId);
    if (channel != null && !channel.knows(seq)) {
      enqueue(roomId, queued -> queued.reached(seq));
    }
  }

  @Override
  public Optional<List<PersonId>> present(RoomId roomId, int max) {
    RoomChannel channel = channels.get(roomId);
    return channel == null ? Optional.of(List.of()) : channel.present(max);
  }

  /// The rooms that somebody here listens to.
  List<RoomId> rooms() {
    return List.copyOf(channels.keySet());
  }

  private void roomsChanged(PersonId personId) {
    for (Connection connection : connections.of(personId)) {
      connection.sendQueue().send(frames.write(new ServerFrame.RoomsChanged()));
    }
  }

  private void enqueue(RoomId roomId, Consumer<Queued> addition) {
    synchronized (queues) {
      Queued queued = queues.get(roomId);
      boolean hasThread = queued != null;
      if (queued == null) {
        queued = newQueue(roomId);
      }
      addition.accept(queued);
      if (hasThread) {
        return;
      }
    }
    threads.start("room-" + roomId, () -> deliverQueued(roomId));
  }

  private Queued newQueue(RoomId roomId) {
    Queued queued = new Queued(connections.budget().share(settings.roomQueueMax().toBytes()));
    queues.put(roomId, queued);
    return queued;
  }

  private void deliverQueued(RoomId roomId) {
    for (Queued queued = take(roomId); queued != null; queued = take(roomId)) {
      RoomChannel channel = channels.get(roomId);
      if (channel != null) {
        deliver(channel, queued);
      }
      queued.delivered();
    }
  }

  /// Takes what is queued; if nothing is, the room has no thread any more.
  private @Nullable Queued take(RoomId roomId) {
    synchronized (queues) {
      Queued queued = queues.remove(roomId);
      if (queued == null || queued.isEmpty()) {
        return null;
      }
      newQueue(roomId);
      return queued;
    }
  }

  private void deliver(RoomChannel channel, Queued queued) {
    try {
      List<Entry> entries = queued.entries;
      for (int from = 0, to; from < entries.size(); from = to) {
        to = endOfRun(entries, from);
        deliverMissing(channel, entries.get(from).seq() - 1, true);
        deliver(channel, entries.subList(from, to));
      }
      deliverMissing(channel, queued.lastSeq, true);
      deliverMissing(channel, queued.saidSeq, false);
    } catch (RuntimeException e) {
      log.warn("delivery failed: roomId={} cause={}", channel.roomId, e.toString());
      // Not only if the channel does not know the place: it does if this replica committed it.
      threads.startLater(
          "room-" + channel.roomId,
          settings.pagePause(),
          () ->
              enqueue(
                  channel.roomId,
                  again -> {
                    again.reached(queued.lastSeq);
                    again.said(queued.saidSeq);
                  }));
    }
  }

  /// Where the entries end that follow each other without a gap.
  private static int endOfRun(List<Entry> entries, int from) {
    int to = from + 1;
    while (to < entries.size() && entries.get(to).seq() == entries.get(to - 1).seq() + 1) {
      to++;
    }
    return to;
  }

  /// Reads from the log what live subscriptions miss up to `seq`, and delivers it. If the log is
  /// not `known` to reach so far, it may have less, as after a backup was restored.
  private void deliverMissing(RoomChannel channel, long seq, boolean known) {
    long first = channel.firstMissing(seq, known);
    for (int read = 0; first != 0; first = channel.firstMissing(seq, known)) {
      if (read >= settings.gapEntriesMax()) {
        channel.catchUpTo(seq).forEach(catchUp::start);
        return;
      }
      List<Entry> page = catchUp.read(channel.roomId, first, seq);
      if (page.isEmpty()) {
        return;
      }
      deliver(channel, page);
      read += page.size();
    }
  }

  /// A person who leaves gets their own `left` entry and nothing after it.
  private void deliver(RoomChannel channel, List<Entry> entries) {
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean left = entry.content() instanceof Entry.Left;
      if (left || i == entries.size() - 1) {
        send(channel, entries.subList(from, i + 1));
        from = i + 1;
      }
      if (left) {
        channel.leave(entry.personId(), entry.seq());
      }
    }
  }

  private void send(RoomChannel channel, List<Entry> entries) {
    for (EncodedEntries piece : frames.write(channel.roomId, entries, outbound.messageMaxBytes())) {
      RoomChannel.Delivery delivery = channel.deliver(piece);
      metrics.delivered(delivery.entries());
      delivery.gaps().forEach(catchUp::start);
      delivery.full().forEach(catchUp::fallBehind);
    }
  }
}
