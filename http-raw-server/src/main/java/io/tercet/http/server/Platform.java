package io.tercet.http.server;

import io.tercet.http.file.FileTree;
import io.tercet.http.nio.NioFileTree;
import io.tercet.http.nio.NioNetwork;
import io.tercet.http.posix.file.PosixFileTree;
import io.tercet.http.posix.process.PosixSpawner;
import io.tercet.http.posix.socket.PosixNetwork;
import io.tercet.http.process.Spawner;
import io.tercet.http.readiness.Listener;
import io.tercet.http.readiness.Network;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// What this operating system offers: system calls on Linux, the channels and selectors of Java
/// elsewhere. With `TERCET_TEST_PORTABLE` in the environment, Linux counts as elsewhere.
public final class Platform {
  private static final boolean HAS_SYSTEM_CALLS =
      System.getProperty("os.name", "").equals("Linux")
          && System.getenv("TERCET_TEST_PORTABLE") == null;

  private Platform() {}

  /// Whether select(2), poll(2), epoll(7) and posix_spawn(3) can be called here.
  public static boolean hasSystemCalls() {
    return HAS_SYSTEM_CALLS;
  }

  /// Sockets, and the ways to wait for them.
  public static Network network() {
    return HAS_SYSTEM_CALLS ? new PosixNetwork() : new NioNetwork();
  }

  /// The files below this folder.
  public static FileTree files(Path root) {
    return HAS_SYSTEM_CALLS ? new PosixFileTree(root) : new NioFileTree(root);
  }

  /// What starts worker processes. Linux only.
  static Spawner spawner() {
    return new PosixSpawner();
  }

  /// In a worker process: the listener that it inherited.
  public static Listener inheritedListener() throws IOException {
    return PosixNetwork.inherited(Spawner.LISTENER_FD);
  }

  /// In a worker process: where it reports its counters.
  public static OutputStream workerReports() throws IOException {
    return PosixSpawner.figures();
  }
}
