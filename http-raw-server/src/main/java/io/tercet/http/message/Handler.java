package io.tercet.http.message;

/// Request in, response out: what makes a server this server.
///
/// Called on the thread that serves the connection, for any number of connections at once. It may
/// read a file; it must not wait for a network or another thread, because an event loop would wait
/// with it.
@FunctionalInterface
public interface Handler {

  /// Answers a request. What it throws becomes a 500 and the end of the connection, an error too.
  /// Only one that says that the virtual machine can do no more ([OutOfMemoryError],
  /// [InternalError]) ends the thread that serves.
  Response handle(Request request);

  /// How many bytes of body it takes with this request, whose own body is not there yet.
  ///
  /// 0, as here, means none: a body is read and dropped before [#handle] is called. Otherwise the
  /// decoded body is gathered in memory as it arrives, and a longer one is refused with 413; so is
  /// one past the server's `body-bytes`, whatever is said here. Asked only for a request that has a
  /// body. What it throws counts as thrown by [#handle].
  default long bodyBytesMax(Request head) {
    return 0;
  }
}
