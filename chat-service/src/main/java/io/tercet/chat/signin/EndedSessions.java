package io.tercet.chat.signin;

import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.Connections;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.hint.Hint;
import io.tercet.chat.hint.HintListener;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.session.SessionId;
import org.springframework.stereotype.Component;

/// Closes the connections of a session that ends, here or on another replica. Threading: any
/// thread.
@Component
class EndedSessions implements HintListener {

  private final Connections connections;

  EndedSessions(Connections connections) {
    this.connections = connections;
  }

  @Override
  public void heard(Hint hint) {
    if (hint instanceof Hint.SessionEnded ended) {
      SessionId sessionId = new SessionId(ended.sessionId());
      for (Connection connection : connections.of(new PersonId(ended.personId()))) {
        if (connection.sessionId().equals(sessionId)) {
          connection.close(CloseReason.SIGNED_OUT);
        }
      }
    }
  }
}
