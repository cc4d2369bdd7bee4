package io.tercet.system.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Contents of files.
public final class Bytes {

  private Bytes() {}

  /// Bytes that nothing compresses or guesses.
  public static byte[] random(int size, RandomGenerator random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Bytes that nothing compresses or guesses.
  public static byte[] random(int size) {
    return random(size, RandomGenerator.getDefault());
  }

  /// The SHA-256 in lower-case hex.
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
