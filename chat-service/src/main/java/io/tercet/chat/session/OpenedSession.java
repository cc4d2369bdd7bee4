package io.tercet.chat.session;

/// A new session. The secret is the value of the cookie; nothing stores it.
public record OpenedSession(SessionId sessionId, String secret) {

  @Override
  public String toString() {
    return "OpenedSession[" + sessionId + "]";
  }
}
