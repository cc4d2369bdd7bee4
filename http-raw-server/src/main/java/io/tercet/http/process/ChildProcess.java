package io.tercet.http.process;

import java.io.InputStream;

/// A process that a supervisor has started, as the supervisor sees it.
///
/// Threading: one thread reads metrics and awaits the end; any thread orders and kills.
public interface ChildProcess {

  /// Its process id.
  long pid();

  /// Sends a line to it. Nothing happens if it has ended.
  void order(String line);

  /// What it reports; ends when it does.
  InputStream figures();

  /// Waits for its end and reaps it, so that no zombie is left.
  ///
  /// @return its exit status, or 128 and the signal that ended it
  int awaitEnd();

  /// Ends it at once, if it has not ended.
  void kill();
}
