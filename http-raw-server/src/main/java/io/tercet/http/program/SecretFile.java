package io.tercet.http.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads secrets that are the single line of a file.
public final class SecretFile {
  private SecretFile() {}

  /// The secret, without the blanks around it.
  ///
  /// @param whose what it is called in the message, such as `the service secret`
  /// @param bytesMin a shorter one is refused
  /// @param remedy what the operator can do if there is none
  /// @throws StartException if the file cannot be read, or the secret is too short
  public static byte[] read(String whose, Path file, int bytesMin, String remedy)
      throws StartException {
    String problem = "is shorter than " + bytesMin + " bytes";
    try {
      byte[] secret = Files.readString(file).strip().getBytes(UTF_8);
      if (secret.length >= bytesMin) {
        return secret;
      }
    } catch (IOException unreadable) {
      problem = "cannot be read";
    }
    throw new StartException("%s %s %s; %s".formatted(whose, file, problem, remedy));
  }
}
