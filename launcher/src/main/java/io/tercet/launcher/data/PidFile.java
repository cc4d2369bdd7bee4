package io.tercet.launcher.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file that holds the id of a process.
///
/// @param mark what the command line of that process contains: a process that got the same id later
///     is another one
public record PidFile(Path file, String mark) {

  /// The process, if it runs.
  public Optional<ProcessHandle> process() {
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
          .filter(process -> process.info().commandLine().orElse("").contains(mark));
    } catch (IOException | NumberFormatException absent) {
      return Optional.empty();
    }
  }

  void write(long pid) throws IOException {
    OwnerOnly.makeFile(file);
    Files.writeString(file, pid + "\n");
  }
}
