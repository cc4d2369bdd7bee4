package io.tercet.lab.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/// The secret that a request must carry to change the running server. Immutable.
public final class ManagementToken {
  /// Shorter ones could be guessed.
  public static final int BYTES_MIN = 16;

  private final byte[] secret;

  /// @throws IllegalArgumentException when the secret is too short
  public ManagementToken(byte[] secret) {
    if (secret.length < BYTES_MIN) {
      throw new IllegalArgumentException("shorter than " + BYTES_MIN + " bytes");
    }
    this.secret = secret.clone();
  }

  /// Whether this is the token. The comparison takes the same time wherever the two differ.
  boolean matches(String shown) {
    return MessageDigest.isEqual(secret, shown.getBytes(UTF_8));
  }
}
