package io.tercet.launcher.build;

import io.tercet.launcher.console.UserException;
import io.tercet.launcher.process.Child;
import io.tercet.launcher.process.OsProcessStarter;
import io.tercet.launcher.process.ProcessSpec;
import io.tercet.launcher.process.ProcessStarter;
import io.tercet.launcher.process.StopRequestedException;
import io.tercet.launcher.process.StopRequests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The programs that the build calls. Each is looked for before it is called, and a missing one is
/// one sentence that says how to get it.
public record BuildTools(
    ProcessStarter processes, StopRequests stops, Map<String, String> environment) {

  private static final int NODE_MIN = 20;
  private static final Duration POLL = Duration.ofMillis(100);

  /// Copies the environment.
  public BuildTools {
    environment = Map.copyOf(environment);
  }

  /// Fails if there is no Maven.
  public static void needMaven() throws UserException {
    if (!OsProcessStarter.isOnPath("mvn")) {
      throw new UserException(
          "Maven is missing: install it (Debian: apt install maven; macOS: brew install maven)"
              + " and run this again.");
    }
  }

  /// Fails if there is no Node of 20 or newer with npm.
  public static void needNode() throws UserException {
    String version = nodeVersion();
    String how = "install Node 20 or newer with npm (https://nodejs.org) and run this again.";
    if (version.isEmpty()) {
      throw new UserException("Node is missing: " + how);
    }
    if (Integer.parseInt(version.split("\\.", -1)[0]) < NODE_MIN) {
      throw new UserException("Node " + version + " is too old: " + how);
    }
    if (!OsProcessStarter.isOnPath("npm")) {
      throw new UserException(
          "npm is missing: install it (Debian: apt install npm) and run this again.");
    }
  }

  /// Such as `24.1.0`; empty if there is none.
  private static String nodeVersion() {
    try {
      Process node = new ProcessBuilder("node", "--version").start();
      byte[] said = node.getInputStream().readAllBytes();
      return new String(said, StandardCharsets.UTF_8).strip().replaceFirst("^v", "");
    } catch (IOException absent) {
      return "";
    }
  }

  /// Runs a program to its end; it writes where the launcher writes.
  ///
  /// @throws UserException with this sentence if its exit code is not 0
  /// @throws StopRequestedException if somebody asks to stop; then the program is asked too
  void run(List<String> command, String failure) throws UserException, StopRequestedException {
    Child program = processes.start(ProcessSpec.tool(command, environment));
    try {
      while (program.isAlive()) {
        stops.pause(POLL);
      }
    } catch (StopRequestedException asked) {
      program.terminate();
      throw asked;
    }
    if (program.exit().status() != 0) {
      throw new UserException(failure);
    }
  }
}
