package io.tercet.gateway.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret that the services share: the octets of a file's single line, at least 32.
///
/// Immutable, for any thread. Source: contracts/internal.md.
public final class ServiceSecret {

  private static final int BYTES_MIN = 32;
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  private ServiceSecret(byte[] octets) {
    this.key = new SecretKeySpec(octets, HMAC);
  }

  /// Reads a secret.
  ///
  /// @throws ServiceSecretException if the file cannot be read or its line is too short
  public static ServiceSecret read(Path file) {
    byte[] octets;
    try {
      octets = Files.readString(file).stripTrailing().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ServiceSecretException(
          "No service secret in "
              + file.toAbsolutePath()
              + ". Start with `make run`, which makes one, or point TERCET_SERVICE_SECRET_FILE at"
              + " the file that chat-service uses.",
          e);
    }
    if (octets.length < BYTES_MIN) {
      throw new ServiceSecretException(
          ("The service secret in %s has %d bytes and needs at least %d. Remove"
                  + " the file and start all services again with `make run`.")
              .formatted(file.toAbsolutePath(), octets.length, BYTES_MIN),
          null);
    }
    return new ServiceSecret(octets);
  }

  byte[] sign(byte[] octets) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(octets);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has " + HMAC, e);
    }
  }
}
