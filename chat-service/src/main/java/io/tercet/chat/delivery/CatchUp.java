package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.SendQueue;
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

/// Sends subscriptions the entries that they miss, from the log, until they can go live.
///
/// The subscriptions of one connection take turns. A turn reads a page, encodes as much of it as
/// fits into one piece, and queues that. The next turn starts when the piece has left. So a
/// connection that asks for much and does not read costs one piece and no thread.
///
/// - Bounds: [DeliverySettings#pageEntries] and [DeliverySettings#pageMax] for a page;
///   [PageTurns] for pages at the same time.
/// - Threading: any thread; a turn has a virtual thread of its own.
@Component
class CatchUp {

  private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

  private final LogReader entries;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final DeliveryMetrics metrics;
  private final DeliveryThreads threads;
  private final PageTurns turns;

  CatchUp(
      LogReader entries,
      FrameWriter frames,
      DeliverySettings settings,
      DeliveryMetrics metrics,
      DeliveryThreads threads,
      PageTurns turns) {
    this.entries = entries;
    this.frames = frames;
    this.settings = settings;
    this.metrics = metrics;
    this.threads = threads;
    this.turns = turns;
  }

  /// Starts the catch-up of a subscription that is in `CATCHING_UP`.
  void start(Subscription subscription) {
    if (subscription.connection.addCatchUp(subscription)) {
      startTurns(subscription.connection);
    }
  }

  /// Reads a page of a room's log, from `first` up to `last`, when it is its turn.
  List<Entry> read(RoomId roomId, long first, long last) {
    int limit = (int) Math.min(settings.pageEntries(), last - first + 1);
    return turns.take(() -> entries.after(roomId, first - 1, limit));
  }

  /// Ends a subscription whose connection is too slow; the client subscribes again from there.
  void fallBehind(Subscription subscription) {
    long after = subscription.channel.endBehind(subscription);
    if (after >= 0) {
      metrics.fellBehind();
      RoomId roomId = subscription.channel.roomId;
      subscription.connection.sendQueue().send(frames.write(new ServerFrame.Behind(roomId, after)));
    }
  }

  private void startTurns(Connection connection) {
    threads.start("catch-up", () -> takeTurns(connection));
  }

  /// Takes turns until one has queued a piece or finds no space.
  private void takeTurns(Connection connection) {
    SendQueue queue = connection.sendQueue();
    for (Subscription subscription = connection.takeCatchUp();
        subscription != null;
        subscription = connection.takeCatchUp()) {
      boolean space = takeTurn(subscription);
      if (subscription.channel.isCatchingUp(subscription)) {
        connection.addCatchUp(subscription);
        if (space || queue.unsent() > 0) {
          queue.whenWritten(() -> startTurns(connection));
        } else {
          threads.startLater("catch-up", settings.pagePause(), () -> takeTurns(connection));
        }
        return;
      }
    }
  }

  /// Reads and queues the next piece; false if there is no space for it.
  private boolean takeTurn(Subscription subscription) {
    try {
      return turns.take(() ->
          subscription.connection.sendQueue().hasSpace(settings.pageMaxBytes())
              && sendPage(subscription));
    } catch (RuntimeException e) {
      log.warn("catch-up failed: roomId={} cause={}", subscription.channel.roomId, e.toString());
      fallBehind(subscription);
      return true;
    }
  }

  private boolean sendPage(Subscription subscription) {
    RoomChannel channel = subscription.channel;
    long first = subscription.nextSeq;
    int limit = Math.min(subscription.pageEntries, settings.pageEntries());
    List<Entry> page = entries.after(channel.roomId, first - 1, limit);
    int left = leaving(subscription, page);
    // The person may read up to their own leaving.
    List<Entry> readable = left < 0 ? page : page.subList(0, left + 1);
    boolean whole = true;
    if (!readable.isEmpty()) {
      EncodedEntries piece = frames.writeFirst(channel.roomId, readable, settings.pageMaxBytes());
      if (!channel.catchUp(subscription, piece)) {
        return false;
      }
      metrics.delivered(subscription.nextSeq - first);
      whole = piece.count() == readable.size();
      subscription.pageEntries = whole ? limit * 2 : piece.count();
    }
    if (whole && left >= 0) {
      channel.end(subscription);
    } else if (whole && page.size() < limit) {
      // Only a subscription that has seen the end of the log may go live.
      channel.goLive(subscription);
    }
    return true;
  }

  /// The index of the entry by which the person left the room; -1 if there is none.
  private static int leaving(Subscription subscription, List<Entry> page) {
    PersonId personId = subscription.connection.person().personId();
    for (int i = 0; i < page.size(); i++) {
      Entry entry = page.get(i);
      if (entry.seq() > subscription.memberSeq
          && entry.content() instanceof Entry.Left
          && entry.personId().equals(personId)) {
        return i;
      }
    }
    return -1;
  }
}
