package io.tercet.gateway.identity;

/// What became of a session cookie.
public sealed interface Exchange {

  /// The session lives; `token` is the person's, for the services.
  record Active(String token) implements Exchange {

    @Override
    public String toString() {
      return "Active";
    }
  }

  /// The session has ended, or never was. Final: a session does not come back to life.
  record Ended() implements Exchange {}
}
