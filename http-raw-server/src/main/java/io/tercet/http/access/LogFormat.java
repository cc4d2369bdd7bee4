package io.tercet.http.access;

import io.tercet.http.connection.AccessLog;
import io.tercet.http.message.Request;
import io.tercet.http.message.Version;

/// How an answer becomes a line. Confined to the thread that writes: it remembers the last
/// second and the last client.
public sealed interface LogFormat permits CombinedLogFormat, JsonLogFormat {

  /// The combined format of Apache and nginx.
  static LogFormat combined() {
    return new CombinedLogFormat();
  }

  /// One JSON object a line.
  static LogFormat json() {
    return new JsonLogFormat();
  }

  /// Appends the line of an answer, and its end.
  ///
  /// @param millis when the request began, since 1970
  void append(AccessLog.Entry entry, long millis, LineBuffer text);

  /// Path and query as they were sent, but for a question mark with nothing behind it; host and
  /// port, where CONNECT asks for those.
  static String target(Request request) {
    if (request.path().isEmpty()) {
      return request.host();
    }
    return request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
  }

  /// As it stands on a request line.
  static String version(Request request) {
    return request.version() == Version.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1";
  }
}
