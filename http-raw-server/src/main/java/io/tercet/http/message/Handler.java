package io.tercet.http.message;

/// Answers requests: what an application implements.
///
/// Threading: called on the thread that serves the connection, for any number of connections at
/// once. It may read a file. It must not wait for a network or another thread, because an event
/// loop would wait with it.
@FunctionalInterface
public interface Handler {

  /// Answers a request. An exception or error that it throws becomes a 500 and the end of the
  /// connection. Only an error of the virtual machine ([OutOfMemoryError], [InternalError]) ends
  /// the thread.
  Response handle(Request request);

  /// How many bytes of body the handler takes with this request. Called before the body comes, and
  /// only for a request that has one.
  ///
  /// 0, the default, means none: the server reads and drops a body before it calls [#handle].
  /// Otherwise it gathers the decoded body in memory and answers a longer one with 413, and one
  /// past its own limit `body-bytes` too. An exception counts as thrown by [#handle].
  default long bodyBytesMax(Request head) {
    return 0;
  }
}
