package io.tercet.chat.delivery;

import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.presence.Presence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Everybody who listens to one room now, and how far live entries were handed out.
///
/// Why nothing is missed and nothing comes twice: a subscription goes live only under the lock, and
/// only if nothing beyond its place was handed out before. Entries are committed before they are
/// handed out, so whatever was is in the log for the catch-up to read; whatever was not will come,
/// and what it has already is cut off by `seq`. An entry beyond the one that is needed next (a gap,
/// which another replica's commit can make) sends the subscription back to reading the log.
///
/// Guarded by its own lock; inside it only outboxes are locked.
final class RoomChannel {

  final RoomId roomId;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private final Presence presence = new Presence();
  private long handedOut;

  RoomChannel(RoomId roomId) {
    this.roomId = roomId;
  }

  /// Adds a listener that is not live yet and not here yet.
  void add(Subscription subscription) {
    lock.lock();
    try {
      subscriptions.add(subscription);
    } finally {
      lock.unlock();
    }
  }

  /// Removes a listener that never was here.
  void discard(Subscription subscription) {
    lock.lock();
    try {
      subscription.ended = true;
      subscriptions.remove(subscription);
    } finally {
      lock.unlock();
    }
  }

  /// Counts a listener as here and tells the others if the person was not; returns who is here.
  List<Person> arrive(Subscription subscription, ByteBuffer arrived, int hereMax) {
    lock.lock();
    try {
      if (presence.arrive(subscription.connection.person())) {
        tell(arrived, subscription);
      }
      return presence.here(hereMax);
    } finally {
      lock.unlock();
    }
  }

  /// Removes a listener that was here and tells the others if it was the person's last; false if it
  /// was removed already.
  boolean remove(Subscription subscription, ByteBuffer departed) {
    lock.lock();
    try {
      if (!subscriptions.remove(subscription)) {
        return false;
      }
      subscription.ended = true;
      subscription.live = false;
      if (presence.depart(subscription.connection.person())) {
        tell(departed, subscription);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Makes a subscription live if it has read everything that was handed out.
  boolean goLive(Subscription subscription) {
    lock.lock();
    try {
      subscription.live = !subscription.ended && handedOut < subscription.next;
      return subscription.live || subscription.ended;
    } finally {
      lock.unlock();
    }
  }

  /// Hands entries to everybody who is live.
  Deliveries deliver(EncodedEntries entries) {
    lock.lock();
    try {
      Deliveries deliveries = new Deliveries(new ArrayList<>(), new ArrayList<>());
      long delivered = 0;
      for (Subscription subscription : subscriptions) {
        delivered += deliver(entries, subscription, deliveries);
      }
      handedOut = Math.max(handedOut, entries.lastSeq());
      deliveries.entries = delivered;
      return deliveries;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return subscriptions.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private static long deliver(
      EncodedEntries entries, Subscription subscription, Deliveries deliveries) {
    if (!subscription.live || entries.lastSeq() < subscription.next) {
      return 0;
    }
    if (entries.firstSeq() > subscription.next) {
      subscription.live = false;
      deliveries.gaps.add(subscription);
      return 0;
    }
    if (!subscription.connection.outbox().offer(entries.from(subscription.next))) {
      subscription.live = false;
      deliveries.behind.add(subscription);
      return 0;
    }
    long count = entries.lastSeq() + 1 - subscription.next;
    subscription.next = entries.lastSeq() + 1;
    return count;
  }

  private void tell(ByteBuffer frame, Subscription except) {
    for (Subscription other : subscriptions) {
      if (other != except) {
        other.connection.outbox().send(frame);
      }
    }
  }

  /// Who could not be given the entries, and how many entries were given out in all.
  static final class Deliveries {

    final List<Subscription> behind;
    final List<Subscription> gaps;
    long entries;

    private Deliveries(List<Subscription> behind, List<Subscription> gaps) {
      this.behind = behind;
      this.gaps = gaps;
    }
  }
}
