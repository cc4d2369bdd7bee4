package io.tercet.chat.delivery;

import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogReader;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Sends a subscription the entries that it misses, from the log, until it can go live.
///
/// Each catch-up has a virtual thread of its own and reads as fast as its connection takes entries.
@Component
class CatchUp {

  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  private final LogReader entries;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final DeliveryThreads threads;

  CatchUp(
      LogReader entries,
      FrameWriter frames,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      DeliveryThreads threads) {
    this.entries = entries;
    this.frames = frames;
    this.settings = settings;
    this.metrics = metrics;
    this.threads = threads;
  }

  /// Starts the catch-up of a subscription that is in `CATCHING_UP`.
  void start(Subscription subscription) {
    threads.start("catch-up-" + subscription.channel.roomId, () -> run(subscription));
  }

  /// Ends a subscription whose connection is too slow; the client subscribes again from there.
  void fallBehind(Subscription subscription) {
    RoomId roomId = subscription.channel.roomId;
    long after = subscription.nextSeq - 1;
    if (subscription.channel.end(subscription)) {
      Connection connection = subscription.connection;
      connection.sendQueue().send(frames.write(new ServerFrame.Behind(roomId, after)));
      log.info(
          "connection fell behind: roomId={} personId={} after={}",
          roomId,
          connection.person().personId(),
          after);
    }
  }

  private void run(Subscription subscription) {
    RoomChannel channel = subscription.channel;
    try {
      do {
        List<Entry> page =
            entries.after(channel.roomId, subscription.nextSeq - 1, settings.pageEntries());
        List<Entry> readable = untilLeft(subscription, page);
        if (!send(subscription, readable)) {
          return;
        }
        if (readable.size() < page.size()) {
          channel.end(subscription);
        } else if (page.size() < settings.pageEntries()) {
          // Only a subscription that has seen the end of the log may go live.
          channel.goLive(subscription);
        }
      } while (channel.isCatchingUp(subscription));
    } catch (RuntimeException e) {
      log.warn("catch-up failed: roomId={} cause={}", channel.roomId, e.toString());
      fallBehind(subscription);
    }
  }

  /// The entries that the person may read: they end where the person left the room.
  private static List<Entry> untilLeft(Subscription subscription, List<Entry> page) {
    PersonId personId = subscription.connection.person().personId();
    for (int i = 0; i < page.size(); i++) {
      Entry entry = page.get(i);
      if (entry.seq() > subscription.memberSeq
          && entry.content() instanceof Entry.Left
          && entry.personId().equals(personId)) {
        return page.subList(0, i + 1);
      }
    }
    return page;
  }

  /// Sends entries as fast as the connection takes them; false if the connection closed.
  private boolean send(Subscription subscription, List<Entry> page) {
    if (page.isEmpty()) {
      return true;
    }
    long first = subscription.nextSeq;
    RoomId roomId = subscription.channel.roomId;
    for (EncodedEntries piece : frames.write(roomId, page, settings.messageMaxBytes())) {
      do {
        if (!subscription.connection.sendQueue().awaitSpace()) {
          return false;
        }
      } while (!subscription.channel.catchUp(subscription, piece));
    }
    metrics.delivered(subscription.nextSeq - first);
    return true;
  }
}
