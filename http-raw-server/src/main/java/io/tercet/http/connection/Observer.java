package io.tercet.http.connection;

import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;

/// Is told what happens on connections, to count it.
///
/// Threading: called on the thread that serves the connection; must not wait.
public interface Observer {

  /// A connection was accepted.
  default void opened() {}

  /// A connection has ended.
  default void closed() {}

  /// A request got a response with this status, a rejected request too.
  default void answered(Status status) {}

  /// A request was rejected.
  default void refused(Rule rule) {}

  /// The operating system took so many bytes.
  default void sent(long bytes) {}

  /// Our code or the handler failed. The client got a 500 if its response had not begun, or a
  /// closed connection.
  default void failed(Throwable failure) {}

  /// Ignores everything.
  static Observer none() {
    return new Observer() {};
  }
}
