package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.SendQueue;
import io.tercet.chat.frame.EncodedEntries;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.presence.Presence;
import io.tercet.chat.presence.PresenceWatch;
import io.tercet.chat.presence.SharedPresence;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The subscriptions to one room, and the `seq` up to which live entries were delivered.
///
/// Why a subscription gets each entry exactly once: an entry is committed to the log before it is
/// delivered here. A subscription becomes live only under the lock, and only if no entry beyond its
/// `nextSeq` was delivered before. So the catch-up reads every earlier entry, and [#deliver] sends
/// every later one and cuts off what the catch-up has sent. An entry beyond `nextSeq` is a gap:
/// another replica committed the entries between. The room's thread reads them once for all
/// ([#firstMissing]); a subscription that misses entries all the same reads the log itself.
///
/// Why nobody gets an entry after their leaving: membership is read from the database together with
/// the newest `seq` at that time, so it is true at one place of the log. The subscription ends at
/// the first entry behind that place by which its person leaves, whether [#deliver] or the catch-up
/// comes to it first.
///
/// Who came and went, here and on other replicas, is told at most once in
/// [DeliverySettings#presencePeriod], in one frame for all.
///
/// - Lifecycle: a channel whose last subscription ended is retired and takes no new one.
/// - Threading: guarded by its own lock; only the lock of a [SendQueue] is taken inside. A write
///   may fail at once and call [#end] from within, so every loop runs over a copy.
final class RoomChannel {

  final RoomId roomId;
  private final FrameWriter frames;
  private final DeliverySettings settings;
  private final DeliveryThreads threads;
  private final Consumer<RoomChannel> onRetired;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();
  private final Presence presence = new Presence();
  private volatile long deliveredSeq;

  /// The newest entry that this replica committed since there is this channel.
  private volatile long committedSeq;

  private final SharedPresence shared;
  private @Nullable PresenceWatch others;
  private boolean retired;

  /// What became of one delivery: how many entries were sent in all, which subscriptions miss
  /// entries before it, and which had no space in their send queue.
  record Delivery(long entries, List<Subscription> gaps, List<Subscription> full) {}

  /// What every channel uses.
  @Component
  record Context(
      FrameWriter frames,
      DeliverySettings settings,
      DeliveryThreads threads,
      SharedPresence presence) {}

  RoomChannel(RoomId roomId, Context context, Consumer<RoomChannel> onRetired) {
    this.roomId = roomId;
    this.frames = context.frames();
    this.settings = context.settings();
    this.threads = context.threads();
    this.shared = context.presence();
    this.onRetired = onRetired;
  }

  /// Adds a subscription; false if the channel is retired.
  boolean add(Subscription subscription) {
    return locked(() -> !retired && subscriptions.add(subscription));
  }

  /// Starts the catch-up of a subscription whose person was a member at `memberSeq`: ends the one
  /// that it replaces, and sends `subscribed` and who is present. False if it ended before, or if
  /// the person left after `memberSeq`.
  boolean arrive(
      Subscription subscription,
      @Nullable Subscription replaced,
      long memberSeq,
      long nextSeq,
      ByteBuffer subscribed) {
    lock.lock();
    try {
      boolean starts =
          subscription.state == Subscription.State.STARTING && subscription.memberSeq <= memberSeq;
      if (starts) {
        subscription.state = Subscription.State.CATCHING_UP;
        subscription.memberSeq = memberSeq;
        subscription.nextSeq = nextSeq;
        presenceChanges(() -> arrive(subscription.connection.person()));
      } else {
        end(subscription);
      }
      if (replaced != null) {
        end(replaced);
      }
      if (starts) {
        SendQueue queue = subscription.connection.sendQueue();
        queue.send(subscribed);
        queue.send(frames.write(presentNow()));
      }
      return starts;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a subscription; false if it ended before.
  boolean end(Subscription subscription) {
    subscription.connection.subscriptions().remove(roomId, subscription);
    lock.lock();
    try {
      if (!subscriptions.remove(subscription)) {
        return false;
      }
      if (subscription.state != Subscription.State.STARTING) {
        presenceChanges(() -> depart(subscription.connection.person()));
      }
      subscription.state = Subscription.State.ENDED;
      if (subscriptions.isEmpty()) {
        retired = true;
        if (others != null) {
          others.close();
        }
        onRetired.accept(this);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Ends a subscription and returns the last `seq` that it got; -1 if it ended before.
  long endBehind(Subscription subscription) {
    return locked(() -> end(subscription) ? subscription.nextSeq - 1 : -1);
  }

  /// Ends the subscriptions of a person who left with the entry `seq`. One that began when the
  /// person was a member again stays; one whose membership is being checked will know.
  void leave(PersonId personId, long seq) {
    lock.lock();
    try {
      for (Subscription subscription : copy()) {
        if (!subscription.connection.person().personId().equals(personId)) {
          continue;
        }
        if (subscription.state == Subscription.State.STARTING) {
          subscription.memberSeq = Math.max(subscription.memberSeq, seq);
        } else if (subscription.memberSeq < seq) {
          end(subscription);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Makes a subscription live if its catch-up has sent everything that was delivered here.
  void goLive(Subscription subscription) {
    lock.lock();
    try {
      if (isCatchingUp(subscription) && deliveredSeq < subscription.nextSeq) {
        if (subscription.heardSeq < subscription.nextSeq) {
          subscription.state = Subscription.State.LIVE;
        }
        // Otherwise the catch-up looks once more whether the log has what it is said to have.
        subscription.heardSeq = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isCatchingUp(Subscription subscription) {
    return locked(() -> subscription.state == Subscription.State.CATCHING_UP);
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

  /// The first `seq` that a live subscription misses of the entries up to `seq`; 0 if none does.
  /// Then these count as delivered: who is not live reads them from the log. If the log is not
  /// `known` to have them, who is not live looks once more before it goes live.
  long firstMissing(long seq, boolean known) {
    lock.lock();
    try {
      long first = Long.MAX_VALUE;
      for (Subscription subscription : subscriptions) {
        if (subscription.state == Subscription.State.LIVE) {
          first = Math.min(first, subscription.nextSeq);
        } else if (!known) {
          subscription.heardSeq = Math.max(subscription.heardSeq, seq);
        }
      }
      if (first <= seq) {
        return first;
      }
      if (known) {
        deliveredSeq = Math.max(deliveredSeq, seq);
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /// Live subscriptions that miss entries up to `seq` read the log, each at its own pace.
  List<Subscription> catchUpTo(long seq) {
    lock.lock();
    try {
      List<Subscription> behind = new ArrayList<>();
      for (Subscription subscription : copy()) {
        if (subscription.state == Subscription.State.LIVE && subscription.nextSeq <= seq) {
          subscription.state = Subscription.State.CATCHING_UP;
          behind.add(subscription);
        }
      }
      return behind;
    } finally {
      lock.unlock();
    }
  }

  /// A person is called otherwise from now on. The connections that learn of it: all whose person
  /// is known to be a member.
  List<Connection> rename(Person person) {
    lock.lock();
    try {
      if (presence.rename(person)) {
        shared.renamed(roomId.value(), person);
      }
      return subscriptions.stream()
          .filter(subscription -> subscription.state != Subscription.State.STARTING)
          .map(subscription -> subscription.connection)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// This replica committed entries up to `seq`, and will deliver them.
  void committed(long seq) {
    committedSeq = seq;
  }

  /// Whether everything up to `seq` was delivered, or will be. The log's writer asks: no lock.
  boolean knows(long seq) {
    return seq <= committedSeq || seq <= deliveredSeq;
  }

  /// Tells everybody who came and went since the last time, in one frame.
  private void tellPresence() {
    lock.lock();
    try {
      Presence.Changes changes = presence.takeChanges();
      ServerFrame frame =
          changes.size() > settings.hereMax()
              ? presentNow()
              : new ServerFrame.PresenceChanged(
                  roomId, presence.count(), changes.arrived(), changes.departed());
      ByteBuffer bytes = frames.write(frame);
      for (Subscription subscription : copy()) {
        if (subscription.state != Subscription.State.STARTING) {
          subscription.connection.sendQueue().send(bytes);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void arrive(Person person) {
    if (others == null) {
      others =
          shared.watch(
              roomId.value(), () -> threads.start("presence-" + roomId, this::othersChanged));
    }
    if (presence.arrive(person)) {
      shared.arrived(roomId.value(), person);
    }
  }

  private void depart(Person person) {
    if (presence.depart(person)) {
      shared.departed(roomId.value(), person);
    }
  }

  private void othersChanged() {
    lock.lock();
    try {
      if (others != null && !retired) {
        SharedPresence.Others now = others.others();
        presenceChanges(() -> presence.othersAre(now));
      }
    } finally {
      lock.unlock();
    }
  }

  /// The people who are present; empty if they are more than `max`.
  Optional<List<PersonId>> present(int max) {
    lock.lock();
    try {
      return presence.count() > max
          ? Optional.empty()
          : Optional.of(presence.here(max).stream().map(Person::personId).toList());
    } finally {
      lock.unlock();
    }
  }

  private ServerFrame presentNow() {
    return new ServerFrame.Presence(roomId, presence.count(), presence.here(settings.hereMax()));
  }

  /// Changes who is present. The first change after a telling starts the wait for the next one.
  private void presenceChanges(Runnable change) {
    boolean waits = presence.hasChanges();
    change.run();
    if (!waits && presence.hasChanges()) {
      threads.startLater("presence-" + roomId, settings.presencePeriod(), this::tellPresence);
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private List<Subscription> copy() {
    return locked(() -> List.copyOf(subscriptions));
  }

  private static boolean send(Subscription subscription, EncodedEntries entries) {
    if (!subscription.connection.sendQueue().offer(entries.from(subscription.nextSeq))) {
      return false;
    }
    subscription.nextSeq = entries.lastSeq() + 1;
    return true;
  }
}
