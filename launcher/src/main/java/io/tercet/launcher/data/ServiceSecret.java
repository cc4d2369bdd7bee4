package io.tercet.launcher.data;

import io.tercet.launcher.console.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/// What the services prove themselves with to each other: 64 hexadecimal digits that only their
/// owner can read.
public record ServiceSecret(Path file) {

  private static final int BYTES = 32;

  /// Makes it if it is missing.
  public void make() throws UserException {
    if (Files.exists(file)) {
      if (!Files.isReadable(file)) {
        throw new UserException(
            "cannot read the service secret %s: make it yours, or delete it and a new one is made."
                .formatted(file));
      }
      return;
    }
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(unfinished.toAbsolutePath().getParent(), OwnerOnly.FOLDER);
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, OwnerOnly.FILE);
      Files.writeString(unfinished, HexFormat.of().formatHex(secret));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UserException(
          "cannot write the service secret " + file + ": check TERCET_SERVICE_SECRET_FILE.",
          failed);
    }
  }
}
