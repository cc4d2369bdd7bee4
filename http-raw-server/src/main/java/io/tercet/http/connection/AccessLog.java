package io.tercet.http.connection;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import org.jspecify.annotations.Nullable;

/// Is told of each answer once it has left. Called on the thread that serves the connection; must
/// not wait.
public interface AccessLog {

  /// Nanoseconds of a clock that only goes on.
  long now();

  /// Whether it wants to know whom an answer was for: the system has to be asked for that.
  default boolean namesClients() {
    return true;
  }

  /// One answer that has left whole.
  void add(Entry entry);

  /// What was sent of an answer before the connection broke.
  default void cut(Entry entry) {
    add(entry);
  }

  /// One answer.
  ///
  /// @param client whom it was for; [Endpoint#UNKNOWN] if the log does not want to know
  /// @param request without its body, and without fields if those could not be read; null if not
  ///     even its line could
  /// @param bodyBytes of the body that the system took
  /// @param begun when the first byte of the request was read, by [#now()]
  /// @param nanos from then until the system had taken the last byte of the answer
  record Entry(
      Endpoint client,
      @Nullable Request request,
      Status status,
      long bodyBytes,
      long begun,
      long nanos) {}
}
