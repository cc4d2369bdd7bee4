package io.tercet.http.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/// The secret that whoever changes the running server must show. Immutable.
public final class Token {
  /// Shorter ones could be guessed.
  private static final int BYTES_MIN = 16;

  private final byte[] secret;

  private Token(byte[] secret) {
    this.secret = secret;
  }

  /// Reads the token, which is the single line of this file.
  ///
  /// @throws IOException when the file cannot be read
  /// @throws IllegalArgumentException when the token is too short
  public static Token fromFile(Path file) throws IOException {
    byte[] secret = Files.readString(file, UTF_8).strip().getBytes(UTF_8);
    if (secret.length < BYTES_MIN) {
      throw new IllegalArgumentException("shorter than " + BYTES_MIN + " bytes");
    }
    return new Token(secret);
  }

  /// Whether this is the token; how long that takes says nothing about where they differ.
  boolean is(String shown) {
    return MessageDigest.isEqual(secret, shown.getBytes(UTF_8));
  }
}
