package io.tercet.chat.replicas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// Programs of this machine that the tests need.
final class Command {

  private static final int PATIENCE_SECONDS = 60;

  private Command() {}

  /// Runs a program and returns what it said; throws with that if it fails.
  static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
      }
      return said.strip();
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + " cannot run here", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Runs a program that may fail.
  static void attempt(String... command) {
    try {
      run(command);
    } catch (IllegalStateException failed) {
      System.out.println(failed.getMessage());
    }
  }
}
