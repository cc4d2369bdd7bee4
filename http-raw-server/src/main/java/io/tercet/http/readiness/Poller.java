package io.tercet.http.readiness;

/// Tells which of many sockets are ready. Pollers differ only in how they ask the system.
///
/// - Threading: [#wake()] by any thread; everything else by the one that awaits. A poller of the
///   kind [Network.Kind#EPOLL] takes [#want] and [#forget(Socket)] from any thread, too.
/// - Edges or levels: some report a socket when it *becomes* ready, others as long as it *is* ready
///   for what it [#want]s. So a caller that is told reads or writes until the socket would block
///   (or a read came short), or remembers that it did not; and says what a socket waits for.
public interface Poller extends AutoCloseable {
  /// There is input, or the end of it.
  int READABLE = 1;

  /// There is room for output.
  int WRITABLE = 2;

  /// The peer has ended its output or is gone. Read to the end: a short read does not mean that the
  /// socket is empty.
  int ENDED = 4;

  /// Whether it can watch this socket. select(2) cannot if the descriptor is too large.
  default boolean supports(Socket socket) {
    return true;
  }

  /// Watches a connection until it is forgotten. At first it wants [#READABLE].
  ///
  /// @param key comes back when the socket is ready
  /// @return false, and nothing is done, if it does not [#supports] this socket, or the system has
  ///     no room for one more
  boolean watch(Socket socket, Object key);

  /// Says what a watched socket waits for from now on. A poller that reports all edges ignores it,
  /// at no cost.
  ///
  /// @param what [#READABLE], [#WRITABLE], or both added
  default void want(Socket socket, int what) {}

  /// Watches a listener for as long as it has connections queued.
  ///
  /// @throws IllegalStateException if it cannot
  void watch(Listener listener, Object key);

  /// Stops watching a listener, which stays open.
  void forget(Listener listener);

  /// Stops watching a socket that is about to be closed, and drops its key.
  void forget(Socket socket);

  /// Waits until something is ready, [#wake()] was called, or so many milliseconds have passed, and
  /// reports what is ready.
  void await(int timeoutMillis, Ready ready);

  /// Ends a wait, or the next one if there is none now. After [#close()] it does nothing.
  void wake();

  @Override
  void close();

  /// Receives what is ready.
  @FunctionalInterface
  interface Ready {
    /// Something is ready.
    ///
    /// @param what [#READABLE], [#WRITABLE], [#ENDED], or several of them added
    void ready(Object key, int what);
  }
}
