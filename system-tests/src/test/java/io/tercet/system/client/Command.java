package io.tercet.system.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that was run to its end.
///
/// @param exit its exit status
/// @param output what it wrote on standard output and standard error, in order
public record Command(int exit, byte[] output) {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Runs a program.
  ///
  /// @param folder where it works
  /// @param environment added to our own
  /// @throws IllegalStateException if it has not ended after two minutes
  public static Command run(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Path output = Files.createTempFile(folder, ".output-", "");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      Process process = builder.start();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(command + " hangs: " + Files.readString(output));
      }
      byte[] said = Files.readAllBytes(output);
      Files.delete(output);
      return new Command(process.exitValue(), said);
    } catch (IOException failed) {
      throw new UncheckedIOException(command + " could not be run", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /// The output as text.
  public String text() {
    return new String(output, StandardCharsets.UTF_8);
  }

  /// The command itself if it succeeded.
  ///
  /// @throws IllegalStateException otherwise, with what it said
  public Command succeeded() {
    if (exit != 0) {
      throw new IllegalStateException("ended with " + exit + ": " + text());
    }
    return this;
  }
}
