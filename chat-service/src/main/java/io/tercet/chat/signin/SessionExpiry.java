package io.tercet.chat.signin;

import io.tercet.chat.delivery.CloseReason;
import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.Connections;
import io.tercet.chat.session.Sessions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Forgets sessions that ended by silence. An open connection is use of its session, so it keeps
/// the session (and a guest's name) alive; a session that ended elsewhere closes its connections
/// here.
///
/// One virtual thread.
@Component
class SessionExpiry implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(SessionExpiry.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Sessions sessions;
  private final Connections connections;
  private volatile @Nullable Thread thread;

  SessionExpiry(Sessions sessions, Connections connections) {
    this.sessions = sessions;
    this.connections = connections;
  }

  /// One round.
  void tidy() {
    for (Connection connection : connections.all()) {
      if (sessions.use(connection.sessionId()).isEmpty()) {
        connection.close(CloseReason.SIGNED_OUT);
      }
    }
    sessions.removeExpired();
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("housekeeping").start(this::run);
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
        tidyOrTryLater();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidyOrTryLater() {
    try {
      tidy();
    } catch (RuntimeException e) {
      log.warn("housekeeping failed: cause={}", e.toString());
    }
  }
}
