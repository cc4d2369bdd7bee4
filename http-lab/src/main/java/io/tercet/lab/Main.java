package io.tercet.lab;

import io.tercet.http.program.Program;

/// Starts http-raw-server with its laboratory: the live page, handlers that are compared, and the
/// command `compare`.
public final class Main {

  private Main() {}

  /// Serves until the process is told to stop, or compares. If it cannot start, it prints one line
  /// on what to do and exits with 1.
  public static void main(String[] args) throws InterruptedException {
    Program.run(args, new LabExtension());
  }
}
