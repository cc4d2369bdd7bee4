package io.tercet.lab.comparison;

/// One kind of workload that every model gets.
///
/// The numbers of connections at which it is measured end where more would show nothing new.
public enum Scenario {
  SMALL("files", "/small.txt", 10_000, true),
  LARGE("files", "/large.bin", 1_000, true),
  SLOW("files", "/small.txt", 10_000, true),
  CLOSE("files", "/small.txt", 100, false),
  WAIT("wait", "/", 1_000, true),
  COMPUTE("compute", "/", 100, true);

  /// Quick connections beside slow ones.
  static final int QUICK = 10;

  static final int SMALL_BYTES = 1024;
  static final int LARGE_BYTES = 1024 * 1024;

  private final String handler;
  private final String path;
  private final int connectionsMax;
  private final boolean keepAlive;

  Scenario(String handler, String path, int connectionsMax, boolean keepAlive) {
    this.handler = handler;
    this.path = path;
    this.connectionsMax = connectionsMax;
    this.keepAlive = keepAlive;
  }

  /// What answers, by its name on the command line.
  public String handler() {
    return handler;
  }

  String path() {
    return path;
  }

  /// It is measured with no more connections.
  public int connectionsMax() {
    return connectionsMax;
  }

  /// Whether connections carry one request after another.
  public boolean keepAlive() {
    return keepAlive;
  }

  /// Connections that send a request as soon as the last one is answered, of so many in all.
  int quickConnections(int connections) {
    return this == SLOW ? QUICK : connections;
  }

  /// Connections beside them that send one byte of a request every half second.
  int slowConnections(int connections) {
    return this == SLOW ? connections : 0;
  }
}
