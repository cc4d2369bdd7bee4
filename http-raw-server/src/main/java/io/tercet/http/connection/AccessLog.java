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

  /// One answer, or what was sent of it before the connection broke.
  void add(Entry entry);

  /// One answer.
  ///
  /// @param client whom it was for
  /// @param request without its body; null if none could be read
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
