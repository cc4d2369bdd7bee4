package io.tercet.chat.hint;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tercet.chat.hint.Hint.CardChanged;
import io.tercet.chat.hint.Hint.PersonChanged;
import io.tercet.chat.hint.Hint.PlacesMoved;
import io.tercet.chat.hint.Hint.PresenceChanged;
import io.tercet.chat.hint.Hint.RoomReached;
import io.tercet.chat.hint.Hint.SessionEnded;
import io.tercet.chat.valkey.Valkey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes hints to the other replicas over sharded channels of Valkey.
///
/// Each replica subscribes to all [#CHANNELS] channels. The id that a hint concerns chooses its
/// channel, so a cluster's nodes share the work. While a room's hint is on its way, later ones of
/// that room wait as one. A replica hears its own beat on each channel; after two beats that it
/// does not hear, it subscribes anew.
///
/// - Bounds: [HintSettings#sendingMax] hints on their way; more are dropped, as all are while
///   Valkey is away.
/// - Threading: any thread. One thread of Lettuce brings the hints of others. The monitor guards
///   the subscription; no listener is called under it.
final class ValkeyHintBroker implements HintBroker {

  /// A fixed number: a replica that has another one would not hear the rest.
  static final int CHANNELS = 16;

  private static final List<String> NAMES = names();
  private static final Logger log = LoggerFactory.getLogger(ValkeyHintBroker.class);
  private static final int UNHEARD_MAX = 2;

  private final UUID self = UUID.randomUUID();
  private final Valkey valkey;
  private final HintListeners listeners;
  private final HintSettings settings;
  private final AtomicInteger sending = new AtomicInteger();

  /// Rooms with a hint on its way, and the newest `seq` that waits behind it; 0 is none.
  private final Map<UUID, Long> rooms = new ConcurrentHashMap<>();

  /// The last beat that came back over each channel.
  private final AtomicLongArray heardBeats = new AtomicLongArray(CHANNELS);

  private final Counter sent;
  private final Counter dropped;
  private final Counter heard;
  private final Counter malformed;
  private volatile long beats;
  private volatile boolean hearing;
  private int unheard;
  private @Nullable StatefulRedisPubSubConnection<String, String> subscription;

  ValkeyHintBroker(
      Valkey valkey, HintListeners listeners, HintSettings settings, MeterRegistry meters) {
    this.valkey = valkey;
    this.listeners = listeners;
    this.settings = settings;
    this.sent = counter(meters, "tercet.hints.sent", "Hints that went to Valkey");
    this.dropped = counter(meters, "tercet.hints.dropped", "Hints that could not go to Valkey");
    this.heard = counter(meters, "tercet.hints.heard", "Hints that came from other replicas");
    this.malformed = counter(meters, "tercet.hints.malformed", "Messages that are no hints");
    valkey.whenConnected(this::subscribe);
  }

  @Override
  public void tellHere(Hint hint) {
    listeners.tell(hint);
  }

  @Override
  public void publish(Hint hint) {
    listeners.tell(hint);
    switch (hint) {
      case RoomReached(UUID roomId, long seq) -> publish(roomId, seq);
      case PresenceChanged(UUID roomId) -> send(roomId, hint);
      case PersonChanged(UUID personId) -> send(personId, hint);
      case CardChanged(UUID personId) -> send(personId, hint);
      case PlacesMoved(UUID personId, long _) -> send(personId, hint);
      case SessionEnded(UUID personId, UUID _) -> send(personId, hint);
    }
  }

  @Override
  public boolean isHearing() {
    return hearing && valkey.isConnected();
  }

  /// Finds out whether the last beat came back, and sends another one.
  synchronized void beat() {
    if (!valkey.isConnected()) {
      hearing = false;
      return;
    }
    hearing = heardAll(beats);
    unheard = hearing ? 0 : unheard + 1;
    if (unheard > UNHEARD_MAX) {
      log.warn("hints do not arrive: subscribing again");
      subscribe();
    }
    sendBeats();
  }

  private void sendBeats() {
    long beat = beats + 1;
    beats = beat;
    for (int i = 0; i < CHANNELS; i++) {
      send(i, HintMessage.beat(self, beat), () -> {});
    }
  }

  /// Ends the subscription.
  synchronized void unsubscribe() {
    unheard = 0;
    hearing = false;
    StatefulRedisPubSubConnection<String, String> old = subscription;
    subscription = null;
    if (old != null) {
      var _ = old.closeAsync();
    }
  }

  /// Subscribes over a new connection, because an old one may be deaf.
  synchronized void subscribe() {
    unsubscribe();
    StatefulRedisPubSubConnection<String, String> fresh;
    try {
      fresh = valkey.subscriber();
    } catch (RuntimeException away) {
      log.debug("not subscribed: {}", away.toString());
      return;
    }
    subscription = fresh;
    fresh.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void smessage(String channel, String message) {
            heard(NAMES.indexOf(channel), message);
          }
        });
    CompletableFuture<?>[] answers = new CompletableFuture<?>[CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      answers[i] = fresh.async().ssubscribe(NAMES.get(i)).toCompletableFuture();
    }
    // A channel that could not be subscribed to stays deaf; the beats find that out.
    var _ = CompletableFuture.allOf(answers).whenComplete((done, failure) -> sendBeats());
  }

  /// On the thread that brings messages.
  private void heard(int channel, String text) {
    HintMessage message;
    try {
      message = HintMessage.read(text);
    } catch (IllegalArgumentException e) {
      malformed.increment();
      return;
    }
    if (message == null) {
      return;
    }
    if (message.sender().equals(self)) {
      heardBeat(channel, message.beat());
    } else if (message.hint() != null) {
      heard.increment();
      listeners.tell(message.hint());
    }
  }

  private void heardBeat(int channel, long beat) {
    if (beat == 0) {
      return;
    }
    heardBeats.set(channel, beat);
    if (beat == beats && heardAll(beat)) {
      hearing = true;
    }
  }

  private boolean heardAll(long beat) {
    for (int i = 0; i < CHANNELS; i++) {
      if (heardBeats.get(i) != beat) {
        return false;
      }
    }
    return true;
  }

  private void publish(UUID roomId, long seq) {
    boolean[] first = new boolean[1];
    rooms.compute(
        roomId,
        (id, waiting) -> {
          first[0] = waiting == null;
          return waiting == null ? 0 : Math.max(waiting, seq);
        });
    if (first[0]) {
      sendRoom(roomId, seq);
    }
  }

  private void sendRoom(UUID roomId, long seq) {
    send(
        channelOf(roomId),
        HintMessage.write(self, new RoomReached(roomId, seq)),
        () -> sendWaiting(roomId));
  }

  private void sendWaiting(UUID roomId) {
    long[] next = new long[1];
    rooms.computeIfPresent(
        roomId,
        (id, waiting) -> {
          next[0] = waiting;
          return waiting == 0 ? null : 0L;
        });
    if (next[0] > 0) {
      sendRoom(roomId, next[0]);
    }
  }

  private void send(UUID concerned, Hint hint) {
    send(channelOf(concerned), HintMessage.write(self, hint), () -> {});
  }

  /// Sends a message, or drops it; then runs something, on any thread.
  private void send(int channel, String message, Runnable then) {
    CompletionStage<Long> answer;
    if (sending.incrementAndGet() > settings.sendingMax()) {
      answer = CompletableFuture.failedFuture(new IllegalStateException("too many on their way"));
    } else {
      try {
        answer = valkey.commands().spublish(NAMES.get(channel), message);
      } catch (RuntimeException refused) {
        answer = CompletableFuture.failedFuture(refused);
      }
    }
    var _ =
        answer.whenComplete((receivers, failure) -> {
          sending.decrementAndGet();
          (failure == null ? sent : dropped).increment();
          then.run();
        });
  }

  private static int channelOf(UUID concerned) {
    return Math.floorMod(concerned.hashCode(), CHANNELS);
  }

  /// The braces make each channel a slot of its own.
  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      names.add(Valkey.PREFIX + "hint:{" + i + "}");
    }
    return List.copyOf(names);
  }

  private static Counter counter(MeterRegistry meters, String name, String description) {
    return Counter.builder(name).description(description).register(meters);
  }
}
