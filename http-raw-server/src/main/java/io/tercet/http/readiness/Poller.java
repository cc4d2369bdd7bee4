package io.tercet.http.readiness;

/// Tells which of many sockets are ready. How it asks the system is all that pollers differ in.
///
/// - Threading: [#wake()] by any thread; everything else by the one that awaits. A poller of the
///   kind [Network.Kind#EPOLL] takes [#want] and [#forget(Socket)] from any thread, too.
/// - Edges or levels: some report a socket when it *becomes* ready, others as long as it *is* ready
///   for what it [#want]s. So whoever is told must read or write until it would block (or a read
///   came short), or remember that it did not; and when a socket has to wait, must say for what.
public interface Poller extends AutoCloseable {
  /// There is input, or the end of it.
  int READABLE = 1;

  /// There is room for output.
  int WRITABLE = 2;

  /// The other side has ended its output or is gone: read to the end, a short read proves nothing.
  int ENDED = 4;

  /// Whether it can watch this socket: not so for select(2) and a descriptor that is too large for
  /// it.
  default boolean takes(Socket socket) {
    return true;
  }

  /// Watches a connection until it is forgotten. At first it wants [#READABLE].
  ///
  /// @param key what is handed back when it is ready
  /// @return false, and nothing is done, if it does not [#takes] this socket, or the system has no
  ///     room for one more
  boolean watch(Socket socket, Object key);

  /// Says what a watched socket waits for from now on. Where edges of all kinds are reported anyway
  /// this does nothing, and costs nothing.
  ///
  /// @param what [#READABLE], [#WRITABLE], or both added
  default void want(Socket socket, int what) {}

  /// Watches a listener for as long as it has connections queued.
  ///
  /// @throws IllegalStateException if it cannot
  void watch(Listener listener, Object key);

  /// Stops to watch a listener; it stays open.
  void forget(Listener listener);

  /// Lets go of a socket that is about to be closed, and of its key.
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
