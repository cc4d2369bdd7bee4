package io.tercet.http.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/// The secret that whoever changes the running server must show. Immutable.
public final class Token {
  /// Shorter ones could be guessed.
  public static final int BYTES_MIN = 16;

  private final byte[] secret;

  /// @throws IllegalArgumentException when the secret is too short
  public Token(byte[] secret) {
    if (secret.length < BYTES_MIN) {
      throw new IllegalArgumentException("shorter than " + BYTES_MIN + " bytes");
    }
    this.secret = secret.clone();
  }

  /// Whether this is the token; how long that takes says nothing about where they differ.
  boolean is(String shown) {
    return MessageDigest.isEqual(secret, shown.getBytes(UTF_8));
  }
}
