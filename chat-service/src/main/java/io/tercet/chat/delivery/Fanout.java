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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/// Delivers committed entries to every subscription.
///
/// The log's writer only puts entries into the queue of their room. One virtual thread for each
/// busy room takes everything that is queued, encodes it once, and sends the same bytes to every
/// connection; entries that are committed meanwhile wait for the next round. So a busy room delays
/// no other room, and no commit.
///
/// Threading: any thread. The lock of `queues` is innermost.
@Component
@EnableConfigurationProperties(DeliverySettings.class)
class Fanout implements CommitListener {

  private static final Logger log = LoggerFactory.getLogger(Fanout.class);

  private final Connections connections;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final CatchUp catchUp;
  private final DeliveryThreads threads;
  private final Map<RoomId, RoomChannel> channels = new ConcurrentHashMap<>();
  private final Map<RoomId, List<Entry>> queues = new HashMap<>();

  Fanout(
      Connections connections,
      FrameWriter frames,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      CatchUp catchUp,
      DeliveryThreads threads) {
    this.connections = connections;
    this.frames = frames;
    this.settings = settings;
    this.metrics = metrics;
    this.catchUp = catchUp;
    this.threads = threads;
  }

  /// Adds a subscription to the channel of its room; it gets nothing before it arrives.
  Subscription subscribe(RoomId roomId, Connection connection) {
    while (true) {
      RoomChannel channel =
          channels.computeIfAbsent(
              roomId, id -> new RoomChannel(id, frames, retired -> channels.remove(id, retired)));
      Subscription subscription = new Subscription(channel, connection);
      if (channel.add(subscription)) {
        return subscription;
      }
    }
  }

  @Override
  public void committed(RoomId roomId, List<Entry> entries) {
    metrics.sent(entries.size());
    for (Entry entry : entries) {
      switch (entry.content()) {
        case Entry.Joined joined -> roomsChanged(entry.personId());
        case Entry.Left left -> roomsChanged(entry.personId());
        case Entry.Message message -> {}
        case Entry.FileAdded added -> {}
      }
    }
    if (channels.containsKey(roomId)) {
      enqueue(roomId, entries);
    }
  }

  private void roomsChanged(PersonId personId) {
    for (Connection connection : connections.of(personId)) {
      connection.sendQueue().send(frames.write(new ServerFrame.RoomsChanged()));
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
    threads.start("room-" + roomId, () -> deliverQueued(roomId));
  }

  private void deliverQueued(RoomId roomId) {
    for (List<Entry> entries = take(roomId); !entries.isEmpty(); entries = take(roomId)) {
      RoomChannel channel = channels.get(roomId);
      if (channel != null) {
        try {
          deliver(channel, entries);
        } catch (RuntimeException e) {
          // The next delivery finds the gap; without this the room would have no thread again.
          log.error("delivery failed: roomId={}", roomId, e);
        }
      }
    }
  }

  /// Takes what is queued; if nothing is, the room has no thread any more.
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

  /// A person who leaves gets their own `left` entry and nothing after it.
  private void deliver(RoomChannel channel, List<Entry> entries) {
    int from = 0;
    for (int i = 0; i < entries.size(); i++) {
      boolean left = entries.get(i).content() instanceof Entry.Left;
      if (left || i == entries.size() - 1) {
        send(channel, entries.subList(from, i + 1));
        from = i + 1;
      }
      if (left) {
        channel.endAll(entries.get(i).personId());
      }
    }
  }

  private void send(RoomChannel channel, List<Entry> entries) {
    for (EncodedEntries piece : frames.write(channel.roomId, entries, settings.messageMaxBytes())) {
      RoomChannel.Delivery delivery = channel.deliver(piece);
      metrics.delivered(delivery.entries());
      delivery.gaps().forEach(catchUp::start);
      delivery.full().forEach(catchUp::fallBehind);
    }
  }
}
