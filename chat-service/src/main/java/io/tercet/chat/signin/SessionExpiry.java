package io.tercet.chat.signin;

import io.tercet.chat.delivery.Connections;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.housekeeping.Housekeeping;
import io.tercet.chat.session.Sessions;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Removes expired sessions once a minute, on one replica.
///
/// An open connection uses its session, so each replica extends the sessions of its own (and keeps
/// guests' names). If a session ended on another replica, this closes the connection. The scheduler
/// logs a round that fails and goes on with the next. Each round has a virtual thread of its own.
@Component
class SessionExpiry {

  private static final String PERIOD = "${tercet.people.session-expiry-period:1m}";

  private final Sessions sessions;
  private final Connections connections;
  private final Housekeeping housekeeping;

  SessionExpiry(Sessions sessions, Connections connections, Housekeeping housekeeping) {
    this.sessions = sessions;
    this.connections = connections;
    this.housekeeping = housekeeping;
  }

  /// Runs one round.
  @Scheduled(initialDelayString = PERIOD, fixedRateString = PERIOD)
  void removeExpired() {
    connections.forEach(connection -> {
      if (sessions.use(connection.sessionId()).isEmpty()) {
        connection.close(CloseReason.SIGNED_OUT);
      }
    });
    housekeeping.run("expired-sessions", sessions::removeExpired);
  }
}
