package io.tercet.system.stack;

/// A service that tests kill, and a request through the front door that only it can answer.
public enum Service {
  CHAT("chat-service", "/api/session"),
  FILES("file-service", "/api/sites");

  private final String folder;
  private final String probe;

  Service(String folder, String probe) {
    this.folder = folder;
    this.probe = probe;
  }

  /// The service's folder, which is also its name in Compose and the name of its jar.
  public String folder() {
    return folder;
  }

  /// A path that answers 401 to strangers while the service is up, and 503 while it is not.
  String probe() {
    return probe;
  }
}
