package io.tercet.chat.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Reads the secret that the services share. The launcher or the operator creates it.
final class ServiceSecret {

  private static final int BYTES_MIN = 32;

  private ServiceSecret() {}

  /// Reads the single line of the file. Throws [MissingSecretException], which says what to do.
  static SecretKey read(Path file) {
    String line;
    try {
      line = Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new MissingSecretException(
          "The service secret cannot be read from "
              + file.toAbsolutePath()
              + ". Start with `make run`, or write a line of at least 32 random characters there"
              + " (openssl rand -hex 32) and point TERCET_SERVICE_SECRET_FILE at it.");
    }
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < BYTES_MIN) {
      throw new MissingSecretException(
          "The service secret in "
              + file.toAbsolutePath()
              + " is shorter than 32 bytes. Replace it: openssl rand -hex 32");
    }
    return new SecretKeySpec(bytes, "HmacSHA256");
  }
}
