package io.tercet.files.outbox;

import io.tercet.files.chat.ChatClient;
import io.tercet.files.outbox.Outbox.PendingEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Tells chat-service what the outbox holds, in each room in order, until all is told.
///
/// A room whose event was refused waits for the next round, and holds up no other room. Pauses
/// between rounds double up to a bound while anything fails.
///
/// - Threading: one virtual thread, from start to stop.
final class OutboxSender implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(OutboxSender.class);
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Outbox outbox;
  private final ChatClient chat;
  private final OutboxSettings settings;
  private volatile @Nullable Thread thread;

  OutboxSender(Outbox outbox, ChatClient chat, OutboxSettings settings) {
    this.outbox = outbox;
    this.chat = chat;
    this.settings = settings;
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("outbox-sender").start(this::run);
  }

  private void run() {
    Duration retry = settings.retryFirst();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (round()) {
          retry = settings.retryFirst();
          outbox.await(IDLE.toMillis());
        } else {
          Thread.sleep(retry);
          retry = min(retry.multipliedBy(2), settings.retryMax());
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Tries every event once; true if all were told.
  private boolean round() {
    Set<UUID> failedRooms = new HashSet<>();
    long position = 0;
    List<PendingEvent> batch;
    try {
      do {
        batch = outbox.after(position, settings.batch());
        for (PendingEvent pending : batch) {
          position = pending.position();
          UUID room = pending.event().roomId();
          if (!failedRooms.contains(room) && !deliver(pending)) {
            failedRooms.add(room);
          }
        }
      } while (batch.size() == settings.batch() && !Thread.currentThread().isInterrupted());
    } catch (RuntimeException e) {
      log.warn("outbox cannot be read: {}", e.toString());
      return false;
    }
    return failedRooms.isEmpty();
  }

  private boolean deliver(PendingEvent pending) {
    UUID eventId = pending.event().eventId();
    long begin = System.nanoTime();
    try {
      ChatClient.Delivery delivery = chat.deliver(pending.event());
      outbox.remove(pending.position());
      log.info(
          "told room={} event={} outcome={} duration={}ms",
          pending.event().roomId(),
          eventId,
          delivery,
          (System.nanoTime() - begin) / 1_000_000);
      return true;
    } catch (RuntimeException e) {
      log.warn("not told event={}: {}", eventId, e.getMessage());
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
      running.join(Duration.ofSeconds(6));
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
