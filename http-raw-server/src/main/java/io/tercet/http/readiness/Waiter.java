package io.tercet.http.readiness;

import java.util.List;

/// Lets a thread wait for one socket, as a blocking call would; another thread can end all such
/// waits.
///
/// Threading: any number of threads wait at once.
public interface Waiter extends AutoCloseable {

  /// Waits until the socket is ready for what it wants or so many milliseconds have passed.
  ///
  /// @param what [Poller#READABLE], [Poller#WRITABLE], or both added
  /// @param releasable whether [#release()] ends this wait too
  /// @return what it is ready for, as a [Poller] says it; 0 if the wait ended otherwise
  int await(Socket socket, int what, int timeoutMillis, boolean releasable);

  /// Waits until one of these has a connection queued, [#release()] was called, or so many
  /// milliseconds have passed.
  void await(List<Listener> listeners, int timeoutMillis);

  /// Ends all releasable waits, present and future.
  void release();

  @Override
  void close();
}
