package io.tercet.chat.session;

import java.util.UUID;

/// Identifies a session in tokens (claim `sid`) and in log lines, where its secret must not be.
public record SessionId(UUID value) {

  @Override
  public String toString() {
    return value.toString();
  }
}
