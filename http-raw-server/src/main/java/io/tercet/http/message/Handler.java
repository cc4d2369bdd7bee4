package io.tercet.http.message;

/// Request in, response out: what makes a server this server.
///
/// Called on the thread that serves the connection, for any number of connections at once. It may
/// read a file; it must not wait for a network or another thread, because an event loop would wait
/// with it.
@FunctionalInterface
public interface Handler {

  /// Answers a request. What it throws becomes a 500 and the end of the connection.
  Response handle(Request request);
}
