package io.tercet.files.identity;

import io.tercet.files.datafolder.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// The secret that services share to sign their tokens: the bytes of one line, at least 32.
///
/// It is read once, at start. The launcher makes the file, never a service.
public final class ServiceSecret {
  private static final int BYTES_MIN = 32;

  private final SecretKey key;

  private ServiceSecret(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
  }

  /// Reads the file.
  ///
  /// - Errors: [StartupException] if the file is missing or too short; it says what to do.
  public static ServiceSecret read(Path file) {
    byte[] bytes;
    try {
      bytes =
          Files.readString(file, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
    } catch (IOException _) {
      throw new StartupException(
          "no service secret at "
              + file
              + ": write a line of at least 32 random characters there (make run does), or set "
              + "TERCET_SERVICE_SECRET_FILE");
    }
    if (bytes.length < BYTES_MIN) {
      throw new StartupException(
          "the service secret in " + file + " is too short: it needs at least 32 characters");
    }
    return new ServiceSecret(bytes);
  }

  public SecretKey key() {
    return key;
  }
}
