package io.tercet.files.outbox;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.outbox.Outbox.PendingEvent;
import io.tercet.files.outbox.Outbox.Position;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Delivers the events of the outbox to chat-service when they are due, in order for each room.
///
/// If an event of a room fails, the room waits for the next round; other rooms do not wait. After a
/// round with a failure the sender pauses; the pauses double up to a limit.
///
/// - Threading: one virtual thread from start to stop. Spring starts it in its last phase, and the
///   fields are set before the thread runs.
final class OutboxSender implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(OutboxSender.class);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(6);

  private final Outbox outbox;
  private final ChatClient chat;
  private final OutboxSettings settings;
  private final ThreadFactory threads;
  private volatile @Nullable Thread thread;

  OutboxSender(Outbox outbox, ChatClient chat, OutboxSettings settings, ThreadFactory threads) {
    this.outbox = outbox;
    this.chat = chat;
    this.settings = settings;
    this.threads = threads;
  }

  @Override
  public void start() {
    Thread sender = threads.newThread(this::run);
    thread = sender;
    sender.start();
  }

  private void run() {
    Duration retry = settings.retryFirst();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Optional<Duration> untilNext = round();
        if (untilNext.isPresent()) {
          retry = settings.retryFirst();
          outbox.await(min(IDLE, untilNext.get()).toMillis());
        } else {
          Thread.sleep(retry);
          retry = min(retry.multipliedBy(2), settings.retryMax());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Tries every event that is due once. If all were delivered, it says how long it is until the
  /// next one is due.
  private Optional<Duration> round() {
    Set<UUID> failedRooms = new HashSet<>();
    Position position = Position.FIRST;
    List<PendingEvent> batch;
    try {
      do {
        batch = outbox.due(position, settings.batch());
        for (PendingEvent pending : batch) {
          position = pending.position();
          UUID room = pending.event().roomId();
          if (!failedRooms.contains(room) && !deliver(pending)) {
            failedRooms.add(room);
          }
        }
      } while (batch.size() == settings.batch() && !Thread.currentThread().isInterrupted());
      return failedRooms.isEmpty() ? Optional.of(outbox.untilNext()) : Optional.empty();
    } catch (RuntimeException e) {
      log.warn("cannot read the outbox: {}", e.toString());
      return Optional.empty();
    }
  }

  private boolean deliver(PendingEvent pending) {
    UUID eventId = pending.event().eventId();
    long begin = System.nanoTime();
    try {
      ChatClient.Delivery delivery = chat.deliver(pending.event());
      outbox.remove(pending);
      log.info(
          "delivered event room={} event={} outcome={} duration={}ms",
          pending.event().roomId(),
          eventId,
          delivery,
          (System.nanoTime() - begin) / 1_000_000);
      return true;
    } catch (RuntimeException e) {
      log.warn("cannot deliver event={}: {}", eventId, e.getMessage());
      return false;
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  @Override
  public void stop() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(STOP_MAX);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
