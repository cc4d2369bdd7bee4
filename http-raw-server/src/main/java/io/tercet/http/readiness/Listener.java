package io.tercet.http.readiness;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A listening socket. It belongs to the server and outlives every model that accepts from it, so
/// that a stopped model loses no queued connection.
public interface Listener extends Pollable, AutoCloseable {

  /// The next queued connection, or null if there is none now.
  ///
  /// @throws DescriptorsExhausted when there is one but the system has no descriptor for it
  @Nullable Socket accept() throws DescriptorsExhausted;

  /// From now on the system refuses whoever connects, and resets who is queued. In all processes
  /// that share it, at once; whoever still asks it for connections finds none.
  void refuse();

  /// Whether it refuses, whichever process told it to; known once [#accept] has been asked since.
  boolean isOver();

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
