package io.tercet.chat.session;

import java.util.UUID;

/// Names a session where its secret must not be: in tokens (`sid`) and in the log.
public record SessionId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
