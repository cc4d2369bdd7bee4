package io.tercet.http.readiness;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A listening socket. It belongs to the server and outlives every model that accepts from it, so a
/// model that stops loses no queued connection.
public interface Listener extends Pollable, AutoCloseable {

  /// The next queued connection, or null if there is none now.
  ///
  /// @throws DescriptorsExhausted if one is queued but the system has no descriptor for it
  @Nullable Socket accept() throws DescriptorsExhausted;

  /// From now on the system refuses new connections and resets the queued ones, in all processes
  /// that share the socket. [#accept] finds none any more.
  void refuse();

  /// Whether it refuses, on the order of any process. Known after the next [#accept].
  boolean isRefusing();

  /// What it is bound to, with the real port.
  InetSocketAddress address();

  @Override
  void close();

  /// There are too many open files (EMFILE, ENFILE), or no memory for one more (ENOBUFS, ENOMEM).
  /// The connection stays queued; try again later.
  final class DescriptorsExhausted extends Exception {
    private static final long serialVersionUID = 1L;

    /// Without a stack trace: it may come often.
    public DescriptorsExhausted() {
      super("no descriptor left", null, false, false);
    }
  }
}
