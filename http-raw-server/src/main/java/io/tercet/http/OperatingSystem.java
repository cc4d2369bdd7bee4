package io.tercet.http;

import io.tercet.http.file.FileTree;
import io.tercet.http.nio.NioFileTree;
import io.tercet.http.nio.NioNetwork;
import io.tercet.http.posix.file.PosixFileTree;
import io.tercet.http.posix.socket.PosixNetwork;
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

  static Network network() {
    return HAS_CALLS ? new PosixNetwork() : new NioNetwork();
  }

  /// The files beneath this folder.
  static FileTree files(Path root) {
    return HAS_CALLS ? new PosixFileTree(root) : new NioFileTree(root);
  }
}
