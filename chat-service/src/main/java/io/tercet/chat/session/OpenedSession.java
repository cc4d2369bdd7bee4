package io.tercet.chat.session;

/// A session that was opened just now. The secret is the cookie's value: it is told once and kept
/// nowhere.
public record OpenedSession(SessionId sessionId, String secret) {

  @Override
  public String toString() {
    return "OpenedSession[" + sessionId + "]";
  }
}
