package io.tercet.launcher.process;

import io.tercet.launcher.console.UserException;

/// Starts processes that do not outlive the launcher. Tests have one that starts none.
public interface ProcessStarter extends AutoCloseable {

  /// Starts a process. Only the main thread may call this: on Linux a child gets its signal when
  /// the *thread* that started it ends.
  Child start(ProcessSpec spec) throws UserException;

  /// Releases what the starter itself needs. It stops no child.
  @Override
  void close();
}
