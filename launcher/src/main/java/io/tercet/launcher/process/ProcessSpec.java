package io.tercet.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process to start. Its standard input is empty.
///
/// @param command program and arguments
/// @param environment the whole of it
/// @param pidFile its process id is written here before the program begins
/// @param log its output is appended here; without one it goes where the launcher's goes
/// @param orphaned what it gets when the launcher is gone
public record ProcessSpec(
    List<String> command,
    Map<String, String> environment,
    Optional<Path> pidFile,
    Optional<Path> log,
    OrphanSignal orphaned) {

  /// A signal for a process whose launcher was killed.
  public enum OrphanSignal {
    /// It ends in order.
    TERM,
    /// It ends at once: it has nothing to keep.
    KILL
  }

  /// Copies the command and the environment.
  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// A program of the build: its output is the launcher's.
  public static ProcessSpec tool(List<String> command, Map<String, String> environment) {
    return new ProcessSpec(
        command, environment, Optional.empty(), Optional.empty(), OrphanSignal.TERM);
  }
}
