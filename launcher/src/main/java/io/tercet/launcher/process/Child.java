package io.tercet.launcher.process;

/// A process that the launcher started.
public interface Child {

  /// Its process id.
  long pid();

  /// Whether it runs.
  boolean isAlive();

  /// How it ended. It must have ended.
  Exit exit();

  /// Sends SIGTERM to it.
  void terminate();

  /// Sends SIGKILL to it.
  void kill();
}
