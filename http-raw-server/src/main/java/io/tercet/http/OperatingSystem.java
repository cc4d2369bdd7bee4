package io.tercet.http;

import io.tercet.http.file.FileTree;
import io.tercet.http.nio.NioFileTree;
import io.tercet.http.nio.NioNetwork;
import io.tercet.http.posix.PosixFileTree;
import io.tercet.http.posix.PosixNetwork;
import io.tercet.http.posix.Scheduling;
import io.tercet.http.readiness.Network;
import java.nio.file.Path;

/// What this system offers: Linux its own calls, any other what every Java has.
final class OperatingSystem {
  private static final boolean HAS_CALLS = System.getProperty("os.name", "").equals("Linux");

  private OperatingSystem() {}

  /// Whether it has select(2), poll(2) and epoll(7) as they are called here.
  static boolean hasCalls() {
    return HAS_CALLS;
  }

  /// @param ioUring whether io_uring(7) may be used, if it has that
  static Network network(boolean ioUring) {
    return HAS_CALLS ? new PosixNetwork(ioUring) : new NioNetwork();
  }

  /// Lets those who serve come before those who compile, where the system can tell them apart.
  static void serveFirst() {
    if (HAS_CALLS) {
      Scheduling.serveFirst();
    }
  }

  /// The files beneath this folder.
  static FileTree files(Path root) {
    return HAS_CALLS ? new PosixFileTree(root) : new NioFileTree(root);
  }
}
