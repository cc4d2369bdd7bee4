package io.tercet.gateway.identity;

/// What became of a session cookie.
public sealed interface SessionState {

  /// The session lives; `token` is the person's, for the services.
  record Active(String token) implements SessionState {

    @Override
    public String toString() {
      return "Active";
    }
  }

  /// The session has ended, or never was. Final: a session does not come back to life.
  record Ended() implements SessionState {}
}
