package io.tercet.gateway.identity;

/// Whether a session is alive.
public sealed interface SessionState {

  /// The session is alive; `token` identifies its person to the services.
  record Active(String token) implements SessionState {

    @Override
    public String toString() {
      return "Active";
    }
  }

  /// The session has ended or never existed. It cannot become active again.
  record Ended() implements SessionState {}
}
