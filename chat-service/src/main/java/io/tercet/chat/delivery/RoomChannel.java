package io.tercet.chat.delivery;

import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.presence.Presence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The subscriptions to one room, and the `seq` up to which live entries were delivered.
///
/// Why a subscription gets each entry exactly once: an entry is committed to the log before it is
/// delivered here. A subscription becomes live only under the lock, and only if no entry beyond its
/// `nextSeq` was delivered before. So the catch-up reads every earlier entry, and [#deliver] sends
/// every later one and cuts off what the catch-up has sent. An entry beyond `nextSeq` is a gap:
/// another replica committed the entries between. The subscription then reads the log again.
///
/// - Lifecycle: a channel whose last subscription ended is retired and takes no new one.
/// - Threading: guarded by its own lock; only the lock of a [SendQueue] is taken inside. A write
///   may fail at once and call [#end] from within, so every loop runs over a copy.
final class RoomChannel {

  final RoomId roomId;
  private final FrameWriter frames;
  private final Consumer<RoomChannel> onRetired;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private final Presence presence = new Presence();
  private long deliveredSeq;
  private boolean retired;

  /// What became of one delivery: how many entries were sent in all, which subscriptions miss
  /// entries before it, and which had no space in their send queue.
  record Delivery(long entries, List<Subscription> gaps, List<Subscription> full) {}

  RoomChannel(RoomId roomId, FrameWriter frames, Consumer<RoomChannel> onRetired) {
    this.roomId = roomId;
    this.frames = frames;
    this.onRetired = onRetired;
  }

  /// Adds a subscription; false if the channel is retired.
  boolean add(Subscription subscription) {
    lock.lock();
    try {
      return !retired && subscriptions.add(subscription);
    } finally {
      lock.unlock();
    }
  }

  /// Starts the catch-up: ends the subscription that this one replaces, sends `subscribed` and who
  /// is present, and tells the others if the person was not. False if it ended before.
  boolean arrive(
      Subscription subscription, @Nullable Subscription replaced, ByteBuffer subscribed, int max) {
    Person person = subscription.connection.person();
    ByteBuffer arrived = frames.write(new ServerFrame.Arrived(roomId, person));
    lock.lock();
    try {
      boolean starts = subscription.state == Subscription.State.STARTING;
      if (starts) {
        subscription.state = Subscription.State.CATCHING_UP;
        if (presence.arrive(person)) {
          broadcast(arrived, subscription);
        }
      }
      if (replaced != null) {
        end(replaced);
      }
      if (starts) {
        SendQueue queue = subscription.connection.sendQueue();
        queue.send(subscribed);
        queue.send(frames.write(new ServerFrame.Presence(roomId, presence.here(max))));
      }
      return starts;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a subscription and tells the others if it was the person's last; false if it ended
  /// before.
  boolean end(Subscription subscription) {
    Connection connection = subscription.connection;
    ByteBuffer departed = frames.write(new ServerFrame.Departed(roomId, connection.person()));
    connection.subscriptions().remove(roomId, subscription);
    lock.lock();
    try {
      if (!subscriptions.remove(subscription)) {
        return false;
      }
      boolean present = subscription.state != Subscription.State.STARTING;
      subscription.state = Subscription.State.ENDED;
      if (present && presence.depart(connection.person())) {
        broadcast(departed, subscription);
      }
      if (subscriptions.isEmpty()) {
        retired = true;
        onRetired.accept(this);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Ends every subscription of a person.
  void endAll(PersonId personId) {
    for (Subscription subscription : copy()) {
      if (subscription.connection.person().personId().equals(personId)) {
        end(subscription);
      }
    }
  }

  /// Makes a subscription live if its catch-up has sent everything that was delivered here.
  void goLive(Subscription subscription) {
    lock.lock();
    try {
      if (isCatchingUp(subscription) && deliveredSeq < subscription.nextSeq) {
        subscription.state = Subscription.State.LIVE;
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isCatchingUp(Subscription subscription) {
    lock.lock();
    try {
      return subscription.state == Subscription.State.CATCHING_UP;
    } finally {
      lock.unlock();
    }
  }

  /// Sends entries of a catch-up; nothing once the subscription ended. False if the send queue had
  /// no space for them.
  boolean catchUp(Subscription subscription, EncodedEntries entries) {
    lock.lock();
    try {
      return !isCatchingUp(subscription) || send(subscription, entries);
    } finally {
      lock.unlock();
    }
  }

  /// Sends entries to every live subscription.
  Delivery deliver(EncodedEntries entries) {
    lock.lock();
    try {
      long sent = 0;
      List<Subscription> gaps = new ArrayList<>();
      List<Subscription> full = new ArrayList<>();
      for (Subscription subscription : copy()) {
        long next = subscription.nextSeq;
        if (subscription.state != Subscription.State.LIVE || entries.lastSeq() < next) {
          continue;
        }
        if (entries.firstSeq() > next) {
          subscription.state = Subscription.State.CATCHING_UP;
          gaps.add(subscription);
        } else if (send(subscription, entries)) {
          sent += entries.lastSeq() + 1 - next;
        } else {
          full.add(subscription);
        }
      }
      deliveredSeq = Math.max(deliveredSeq, entries.lastSeq());
      return new Delivery(sent, gaps, full);
    } finally {
      lock.unlock();
    }
  }

  private List<Subscription> copy() {
    lock.lock();
    try {
      return List.copyOf(subscriptions);
    } finally {
      lock.unlock();
    }
  }

  private void broadcast(ByteBuffer frame, Subscription except) {
    for (Subscription other : copy()) {
      if (other != except && other.state != Subscription.State.STARTING) {
        other.connection.sendQueue().send(frame);
      }
    }
  }

  private static boolean send(Subscription subscription, EncodedEntries entries) {
    if (!subscription.connection.sendQueue().offer(entries.from(subscription.nextSeq))) {
      return false;
    }
    subscription.nextSeq = entries.lastSeq() + 1;
    return true;
  }
}
