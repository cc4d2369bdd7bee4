package io.tercet.chat.socket;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Looks at every socket now and then: who fell silent, who does not go. One virtual thread.
@Component
class IdleSocketReaper implements SmartLifecycle {

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Set<SocketConnection> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Thread thread;

  void add(SocketConnection connection) {
    connections.add(connection);
  }

  void remove(SocketConnection connection) {
    connections.remove(connection);
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("idle-socket-reaper").start(this::run);
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  private void run() {
    try {
      while (thread != null) {
        Thread.sleep(PERIOD);
        connections.forEach(SocketConnection::reap);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
