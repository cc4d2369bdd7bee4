package io.tercet.chat.delivery;

import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.CommitListener;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Carries committed entries to everybody who listens.
///
/// The log's writer only puts them into the room's queue. One virtual thread a room takes
/// everything that is queued, encodes it once, and hands the same bytes to every connection; what
/// is committed meanwhile gathers for the next round. A busy room delays no other, and no commit.
@Component
@EnableConfigurationProperties(DeliverySettings.class)
class Fanout implements CommitListener {

  private final Connections connections;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final DeliveryMetrics figures;
  private final Map<RoomId, RoomChannel> channels = new ConcurrentHashMap<>();
  private final Map<RoomId, List<Entry>> queues = new HashMap<>();
  private volatile BiConsumer<RoomChannel, RoomChannel.Deliveries> slowPath = (room, slow) -> {};

  Fanout(
      Connections connections,
      FrameWriter frames,
      DeliverySettings settings,
      DeliveryMetrics figures) {
    this.connections = connections;
    this.frames = frames;
    this.settings = settings;
    this.figures = figures;
  }

  /// Who takes care of connections that could not be given entries.
  void whenSlow(BiConsumer<RoomChannel, RoomChannel.Deliveries> slowPath) {
    this.slowPath = slowPath;
  }

  /// Opens the room's channel if need be and adds a listener to it.
  RoomChannel listen(RoomId roomId, Subscription subscription) {
    return channels.compute(
        roomId,
        (id, known) -> {
          RoomChannel channel = known == null ? new RoomChannel(id) : known;
          channel.add(subscription);
          return channel;
        });
  }

  /// Forgets a channel that nobody listens to.
  void tidy(RoomId roomId) {
    channels.computeIfPresent(roomId, (id, channel) -> channel.isEmpty() ? null : channel);
  }

  @Override
  public void committed(RoomId roomId, List<Entry> entries) {
    figures.sent(entries.size());
    for (Entry entry : entries) {
      switch (entry.content()) {
        case Entry.Joined joined -> roomsChanged(entry.personId());
        case Entry.Left left -> roomsChanged(entry.personId());
        case Entry.Message message -> {}
        case Entry.FileAdded arrived -> {}
      }
    }
    if (channels.containsKey(roomId)) {
      enqueue(roomId, entries);
    }
  }

  private void roomsChanged(PersonId personId) {
    for (Connection connection : connections.of(personId)) {
      connection.outbox().send(frames.write(new ServerFrame.RoomsChanged()));
    }
  }

  private void enqueue(RoomId roomId, List<Entry> entries) {
    synchronized (queues) {
      List<Entry> queued = queues.get(roomId);
      if (queued != null) {
        queued.addAll(entries);
        return;
      }
      queues.put(roomId, new ArrayList<>(entries));
    }
    Thread.ofVirtual().name("room-" + roomId).start(() -> deliverAll(roomId));
  }

  private void deliverAll(RoomId roomId) {
    for (List<Entry> entries = take(roomId); !entries.isEmpty(); entries = take(roomId)) {
      RoomChannel channel = channels.get(roomId);
      if (channel != null) {
        deliver(channel, entries);
      }
    }
  }

  /// Takes what is queued; when nothing is, the room has no thread any more.
  private List<Entry> take(RoomId roomId) {
    synchronized (queues) {
      List<Entry> queued = queues.remove(roomId);
      if (queued == null || queued.isEmpty()) {
        return List.of();
      }
      queues.put(roomId, new ArrayList<>());
      return queued;
    }
  }

  private void deliver(RoomChannel channel, List<Entry> entries) {
    for (EncodedEntries piece : frames.write(channel.roomId, entries, settings.messageMaxBytes())) {
      RoomChannel.Deliveries deliveries = channel.deliver(piece);
      figures.delivered(deliveries.entries);
      slowPath.accept(channel, deliveries);
    }
    leavers(entries).forEach(personId -> unsubscribe(channel, personId));
  }

  private void unsubscribe(RoomChannel channel, PersonId personId) {
    for (Connection connection : connections.of(personId)) {
      Subscription subscription = connection.subscriptions().remove(channel.roomId);
      if (subscription != null) {
        end(channel, subscription);
      }
    }
  }

  /// Ends a subscription that was here, and tells the others.
  void end(RoomChannel channel, Subscription subscription) {
    channel.remove(
        subscription,
        frames.write(new ServerFrame.Departed(channel.roomId, subscription.connection.person())));
    tidy(channel.roomId);
  }

  /// The channel of a room, if anybody listens.
  @Nullable RoomChannel channel(RoomId roomId) {
    return channels.get(roomId);
  }

  /// Those whose last word on their membership in this batch is that they left.
  private static List<PersonId> leavers(List<Entry> entries) {
    Map<PersonId, Boolean> left = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.content() instanceof Entry.Left) {
        left.put(entry.personId(), true);
      } else if (entry.content() instanceof Entry.Joined) {
        left.put(entry.personId(), false);
      }
    }
    return left.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
  }
}
