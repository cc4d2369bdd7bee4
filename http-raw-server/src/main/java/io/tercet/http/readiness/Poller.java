package io.tercet.http.readiness;

/// Tells which of many sockets are ready. How it asks the system is all that pollers differ in.
///
/// - Threading: [#await] by one thread; [#wake()] and [#forget] by any; the rest by the awaiting
///   thread.
/// - Edges: a socket is reported when it *becomes* ready. Whoever is told must read or write until
///   it would block (or a read came short), or remember that it did not.
public interface Poller extends AutoCloseable {
  /// There is input, or the end of it.
  int READABLE = 1;

  /// There is room for output.
  int WRITABLE = 2;

  /// The other side has ended its output or is gone: read to the end, a short read proves nothing.
  int ENDED = 4;

  /// Watches a connection, once and for all directions.
  ///
  /// @param key what is handed back when it is ready
  void watch(Socket socket, Object key);

  /// Watches a listener for as long as it has connections queued.
  void watch(Listener listener, Object key);

  /// Stops to watch a listener; it stays open.
  void forget(Listener listener);

  /// Lets go of the key of a socket that is about to be closed.
  void forget(Socket socket);

  /// Waits until something is ready, [#wake()] was called, or so many milliseconds have passed, and
  /// reports what is ready.
  void await(int timeoutMillis, Ready ready);

  /// Ends a wait, or the next one if there is none now. After [#close()] it does nothing.
  void wake();

  @Override
  void close();

  /// Is told what is ready.
  @FunctionalInterface
  interface Ready {
    /// Something is ready.
    ///
    /// @param what [#READABLE], [#WRITABLE], [#ENDED], or several of them added
    void ready(Object key, int what);
  }
}
