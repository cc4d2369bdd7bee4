package io.tercet.http.connection;

import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import org.jspecify.annotations.Nullable;

/// Is told of each response once it has been sent.
///
/// Threading: called on the thread that serves the connection; must not wait.
public interface AccessLog {

  /// Nanoseconds of a monotonic clock.
  long now();

  /// Whether it wants to know the client, for which the server has to ask the system.
  default boolean namesClients() {
    return true;
  }

  /// A response that has been sent whole.
  void add(Entry entry);

  /// A response that was sent in part before the connection broke.
  default void cut(Entry entry) {
    add(entry);
  }

  /// One response.
  ///
  /// @param client who made the request; [Endpoint#UNKNOWN] if the log does not want to know
  /// @param request without its body, and without fields if those could not be read; null if not
  ///     even the request line could
  /// @param bodyBytes how many bytes of the body the system took
  /// @param begun when the first byte of the request was read, by [#now()]
  /// @param nanos from then until the system had taken the last byte of the response
  record Entry(
      Endpoint client,
      @Nullable Request request,
      Status status,
      long bodyBytes,
      long begun,
      long nanos) {}
}
