package io.tercet.http;

import io.tercet.http.program.Extension;
import io.tercet.http.program.Program;

/// Starts http-raw-server.
public final class Main {

  private Main() {}

  /// Serves until the process is told to stop. If it cannot start, it prints one line on what to do
  /// and exits with 1.
  public static void main(String[] args) throws InterruptedException {
    Program.run(args, Extension.none());
  }
}
