package io.tercet.http.connection;

import io.tercet.http.message.Status;
import io.tercet.http.parse.Rule;

/// Is told what happens, to count it. Called on whatever thread serves the connection; must not
/// wait.
public interface Observer {

  /// A connection was accepted.
  default void opened() {}

  /// A connection has ended.
  default void closed() {}

  /// A request was answered with this status, a refused one too.
  default void answered(Status status) {}

  /// A request was refused.
  default void refused(Rule rule) {}

  /// So many bytes were taken by the operating system.
  default void sent(long bytes) {}

  /// Code of ours or of the handler failed; the client got a 500 if its answer had not begun, or a
  /// closed connection.
  default void failed(Throwable failure) {}

  /// Cares for nothing.
  static Observer none() {
    return new Observer() {};
  }
}
