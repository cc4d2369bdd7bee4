package io.tercet.chat.signin;

import io.tercet.chat.housekeeping.Housekeeping;
import io.tercet.chat.token.SigningKeys;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks every ten minutes, on one replica, whether it is time for another signing key.
@Component
class KeyRotation {

  private static final String PERIOD = "${tercet.token.key-check-period:10m}";

  private final SigningKeys keys;
  private final Housekeeping housekeeping;

  KeyRotation(SigningKeys keys, Housekeeping housekeeping) {
    this.keys = keys;
    this.housekeeping = housekeeping;
  }

  /// Runs one round.
  @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
  void rotate() {
    housekeeping.run(
        "signing-keys",
        () -> {
          keys.rotate();
          return false;
        });
  }
}
