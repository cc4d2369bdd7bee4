package io.tercet.chat.presence;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintBroker;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.replica.LiveReplicas;
import io.tercet.chat.valkey.Valkey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Tells other replicas who is present here, and the rooms here who is present on the others.
///
/// Who came and went here is written under the life of this replica, and a hint makes the others
/// read. When a write may have been lost, the replica begins another life and writes all again, so
/// an old entry never stays. Who is here is never read back.
///
/// - Cost: what changed, at most once each period for a room; for a room without changes one small
///   command in a third of [PresenceSettings#keep], and one read in
///   [PresenceSettings#readAgain]. With one replica, nothing.
/// - Bounds: [PresenceSettings]; [#ROOMS_AT_ONCE] rooms are written or read at the same time.
/// - Errors: none. While Valkey is away the others count until their silence is too long.
/// - Threading: any thread. Each entry of the map of rooms is guarded by the map, which is
///   innermost. A task of Spring's scheduler writes and reads.
@Component
public class SharedPresence implements HintListener {

  private static final Logger log = LoggerFactory.getLogger(SharedPresence.class);
  private static final String PERIOD = "${tercet.presence.exchange-period:500ms}";
  private static final int ROOMS_AT_ONCE = 64;

  private final Valkey valkey;
  private final PresenceStore store;
  private final LiveReplicas replicas;
  private final HintBroker hints;
  private final PresenceSettings settings;
  private final Clock clock;
  private final ConcurrentHashMap<UUID, SharedRoom> rooms = new ConcurrentHashMap<>();

  /// Rooms of which something must be written or read.
  private final Set<UUID> due = ConcurrentHashMap.newKeySet();

  /// Rooms of which this replica tells a hint now, which it need not hear itself.
  private final Set<UUID> telling = ConcurrentHashMap.newKeySet();

  private final AtomicInteger kept = new AtomicInteger();
  private final AtomicBoolean exchanging = new AtomicBoolean();
  private LiveReplicas.View seen;

  /// Who is present in a room on other replicas: those who are named, and how many more.
  public record Others(Map<PersonId, Person> people, int unnamed) {

    /// Nobody.
    public static final Others NONE = new Others(Map.of(), 0);
  }

  SharedPresence(
      Valkey valkey,
      PresenceStore store,
      LiveReplicas replicas,
      HintBroker hints,
      PresenceSettings settings,
      Clock clock) {
    this.valkey = valkey;
    this.store = store;
    this.replicas = replicas;
    this.hints = hints;
    this.settings = settings;
    this.clock = clock;
    this.seen = replicas.view();
  }

  /// A person is present here now.
  public void arrived(UUID roomId, Person person) {
    if (valkey.isShared()) {
      change(roomId, room -> room.arrive(person));
      due.add(roomId);
    }
  }

  /// A person who is present here is called otherwise from now on.
  public void renamed(UUID roomId, Person person) {
    if (valkey.isShared()) {
      change(roomId, room -> room.rename(person));
      due.add(roomId);
    }
  }

  /// A person who was present here is not any more.
  public void departed(UUID roomId, Person person) {
    if (valkey.isShared()) {
      change(roomId, room -> room.depart(person));
      due.add(roomId);
    }
  }

  /// Calls a listener, on a thread that it must not block, each time when other people are present
  /// on other replicas.
  public PresenceWatch watch(UUID roomId, Runnable listener) {
    PresenceWatch watch = new PresenceWatch(roomId, this, listener);
    if (valkey.isShared()) {
      change(
          roomId,
          room -> {
            room.watches.add(watch);
            room.stale = true;
          });
      due.add(roomId);
    }
    return watch;
  }

  void unwatch(UUID roomId, PresenceWatch watch) {
    change(
        roomId,
        room -> {
          room.watches.remove(watch);
          if (room.watches.isEmpty()) {
            kept.addAndGet(-room.kept());
            room.forget();
          }
        });
  }

  @Override
  public void heard(Hint hint) {
    if (hint instanceof Hint.PresenceChanged(UUID roomId)
        && rooms.containsKey(roomId)
        && !telling.remove(roomId)) {
      markStale(roomId);
    }
  }

  /// One round: what the heartbeats changed, then what must be written and read.
  @Scheduled(fixedRateString = PERIOD)
  void exchange() {
    if (!valkey.isShared() || !exchanging.compareAndSet(false, true)) {
      return;
    }
    try {
      LiveReplicas.View view = replicas.view();
      LiveReplicas.View before = seen;
      seen = view;
      follow(before, view);
      if (view.isHeard()) {
        List<UUID> now = List.copyOf(due);
        for (int from = 0; from < now.size(); from += ROOMS_AT_ONCE) {
          exchange(now.subList(from, Math.min(from + ROOMS_AT_ONCE, now.size())), view);
        }
      } else if (view.alive().isEmpty()) {
        forgetDepartures();
      }
    } finally {
      exchanging.set(false);
    }
  }

  /// How many people of other replicas are kept.
  int kept() {
    return kept.get();
  }

  /// How many rooms are kept.
  int rooms() {
    return rooms.size();
  }

  private void follow(LiveReplicas.View before, LiveReplicas.View view) {
    boolean renewed = !view.life().equals(before.life());
    boolean back = view.isHeard() && !before.isHeard();
    boolean others = !view.alive().equals(before.alive());
    if (!renewed && !back && !others && view.beats() == before.beats()) {
      return;
    }
    for (UUID roomId : List.copyOf(rooms.keySet())) {
      if (renewed) {
        change(roomId, room -> room.untold.addAll(room.local.keySet()));
        due.add(roomId);
      }
      if (back) {
        markStale(roomId);
      }
      if (others) {
        tell(roomId, view);
      }
      if (view.beats() != before.beats()) {
        keep(roomId, view);
      }
    }
  }

  /// This life ends: the next one writes who is here then, and nobody else.
  private void forgetDepartures() {
    replicas.renew();
    for (UUID roomId : List.copyOf(due)) {
      change(roomId, room -> room.untold.retainAll(room.local.keySet()));
      if (!rooms.containsKey(roomId)) {
        due.remove(roomId);
      }
    }
  }

  /// What a room needs without any change, after a heartbeat.
  private void keep(UUID roomId, LiveReplicas.View view) {
    long nowNanos = clock.monotonicTime();
    List<SharedRoom.Leftover> leftovers = new ArrayList<>();
    boolean[] touch = {false};
    change(
        roomId,
        room -> {
          int known = room.kept();
          leftovers.addAll(room.takeLeftovers(view));
          kept.addAndGet(room.kept() - known);
          room.stale |=
              !room.watches.isEmpty() && isOver(room.readNanos, settings.readAgain(), nowNanos);
          touch[0] =
              !room.local.isEmpty()
                  && isOver(room.writtenNanos, settings.keep().dividedBy(3), nowNanos);
          if (room.stale) {
            due.add(roomId);
          }
        });
    for (SharedRoom.Leftover leftover : leftovers) {
      unimportant(() -> store.remove(roomId, leftover.life(), leftover.people()));
    }
    if (touch[0] && view.isHeard()) {
      touch(roomId, nowNanos);
    }
  }

  private void touch(UUID roomId, long nowNanos) {
    change(roomId, room -> room.writtenNanos = nowNanos);
    stage(() -> store.touch(roomId))
        .whenComplete((there, failure) -> {
          if (failure != null) {
            replicas.renew();
          } else if (!there) {
            change(roomId, room -> room.untold.addAll(room.local.keySet()));
            due.add(roomId);
          }
        });
  }

  private void exchange(List<UUID> some, LiveReplicas.View view) {
    List<CompletableFuture<?>> answers = new ArrayList<>();
    for (UUID roomId : some) {
      due.remove(roomId);
      CompletionStage<?> written = write(roomId, view);
      answers.add(written.thenCompose(_ -> read(roomId, view)).toCompletableFuture());
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
            .orTimeout(settings.answerMax().toMillis(), TimeUnit.MILLISECONDS);
    if (all.handle((_, failure) -> failure != null).join()) {
      log.debug("presence not exchanged with Valkey: rooms={}", some.size());
      replicas.renew();
      some.forEach(this::markStale);
    }
  }

  private CompletionStage<?> write(UUID roomId, LiveReplicas.View view) {
    List<PresenceStore.Change> changes = new ArrayList<>();
    change(
        roomId,
        room -> {
          if (!room.untold.isEmpty()) {
            room.writtenNanos = clock.monotonicTime();
            changes.add(room.takeChange(roomId, view.life()));
          }
        });
    if (changes.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return stage(() -> store.write(changes.getFirst()))
        .thenRun(() -> {
          telling.add(roomId);
          hints.publish(new Hint.PresenceChanged(roomId));
          telling.remove(roomId);
        });
  }

  private CompletionStage<?> read(UUID roomId, LiveReplicas.View view) {
    int[] max = {0};
    change(
        roomId,
        room -> {
          if (room.stale && !room.watches.isEmpty()) {
            room.stale = false;
            int free = settings.othersAllMax() - kept.get() + room.kept();
            max[0] = Math.max(1, Math.min(settings.othersMax(), free) + room.local.size());
          }
        });
    if (max[0] == 0) {
      return CompletableFuture.completedFuture(null);
    }
    return stage(() -> store.read(roomId, max[0]))
        .thenAccept(known -> {
          know(roomId, known, view);
          tell(roomId, view);
        });
  }

  private void know(UUID roomId, PresenceStore.Known known, LiveReplicas.View view) {
    Map<String, Map<PersonId, Person>> byLife = new HashMap<>();
    int[] own = {0};
    known
        .byLife()
        .forEach((life, people) -> {
          if (!replicas.isOwn(life)) {
            byLife.put(life, people);
          } else if (view.alive().contains(life)) {
            own[0] += people.size();
          } else {
            unimportant(() -> store.remove(roomId, life, people.keySet()));
          }
        });
    change(
        roomId,
        room -> {
          room.readNanos = clock.monotonicTime();
          int before = room.kept();
          int free = settings.othersAllMax() - kept.get() + before;
          int max = Math.max(0, Math.min(settings.othersMax(), free));
          int ownUnread = Math.max(0, room.local.size() - own[0]);
          room.know(byLife, Math.max(0, known.unread() - ownUnread), max);
          if (room.watches.isEmpty()) {
            room.forget();
          }
          kept.addAndGet(room.kept() - before);
        });
  }

  private void tell(UUID roomId, LiveReplicas.View view) {
    List<PresenceWatch> changed = new ArrayList<>();
    change(
        roomId,
        room -> {
          Others now = room.others(view.alive());
          for (PresenceWatch watch : room.watches) {
            if (watch.knows(now)) {
              changed.add(watch);
            }
          }
        });
    changed.forEach(PresenceWatch::tell);
  }

  private void markStale(UUID roomId) {
    rooms.computeIfPresent(
        roomId,
        (id, room) -> {
          if (!room.watches.isEmpty()) {
            room.stale = true;
            due.add(id);
          }
          return room;
        });
  }

  private void change(UUID roomId, Consumer<SharedRoom> change) {
    rooms.compute(
        roomId,
        (id, known) -> {
          SharedRoom room = known == null ? new SharedRoom() : known;
          change.accept(room);
          return room.isEmpty() ? null : room;
        });
  }

  private void unimportant(Supplier<CompletionStage<?>> command) {
    try {
      var _ = command.get();
    } catch (RuntimeException away) {
      // Another replica, or the expiry of the room, does it.
    }
  }

  private static <T> CompletionStage<T> stage(Supplier<CompletionStage<T>> command) {
    try {
      return command.get();
    } catch (RuntimeException away) {
      return CompletableFuture.failedFuture(away);
    }
  }

  private static boolean isOver(long sinceNanos, Duration time, long nowNanos) {
    return nowNanos - sinceNanos >= time.toNanos();
  }
}
