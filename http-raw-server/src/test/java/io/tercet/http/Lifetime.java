package io.tercet.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Whether a process that is not a child of ours lives.
public final class Lifetime {
  private Lifetime() {}

  /// Whether it has ended, as the kernel says it: one that nobody has waited for has ended too.
  public static boolean isOver(ProcessHandle process) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      return !process.isAlive() || stat.contains(") Z ");
    } catch (NoSuchFileException gone) {
      return true;
    }
  }
}
