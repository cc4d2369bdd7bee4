package io.tercet.chat.signin;

import io.tercet.chat.delivery.Connections;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.session.Sessions;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Removes expired sessions once a minute.
///
/// An open connection uses its session, so this extends the session (and keeps a guest's name). If
/// the session ended on another replica, this closes the connection. The scheduler logs a round
/// that fails and goes on with the next. Each round has a virtual thread of its own.
@Component
class SessionExpiry {

  private static final String PERIOD = "${tercet.people.session-expiry-period:1m}";

  private final Sessions sessions;
  private final Connections connections;

  SessionExpiry(Sessions sessions, Connections connections) {
    this.sessions = sessions;
    this.connections = connections;
  }

  /// Runs one round.
  @Scheduled(initialDelayString = PERIOD, fixedRateString = PERIOD)
  void removeExpired() {
    connections.forEach(connection -> {
      if (sessions.use(connection.sessionId()).isEmpty()) {
        connection.close(CloseReason.SIGNED_OUT);
      }
    });
    sessions.removeExpired();
  }
}
