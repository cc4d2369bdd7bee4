package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Closes sockets whose client sends nothing for too long, and aborts those whose close takes too
/// long.
///
/// Threading: any thread adds and removes; a task of Spring's scheduler looks at all of them.
@Component
class IdleSocketReaper {

  private final Set<SocketConnection> sockets = ConcurrentHashMap.newKeySet();
  private final Clock clock;

  IdleSocketReaper(Clock clock) {
    this.clock = clock;
  }

  void add(SocketConnection socket) {
    sockets.add(socket);
  }

  void remove(SocketConnection socket) {
    sockets.remove(socket);
  }

  @Scheduled(fixedRate = 1, timeUnit = TimeUnit.SECONDS)
  void reap() {
    long nowNanos = clock.monotonicTime();
    sockets.forEach(socket -> socket.closeIfIdle(nowNanos));
  }
}
