package io.tercet.files.ftp.control;

import io.tercet.files.identity.ClientNetwork;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One control connection as [Visits] counts it.
///
/// - Threading: guarded by the lock of [Visits], except what is final.
final class Visit {
  /// How a connection is ended: with a reply at first, without one if it is still there later.
  interface Ending {
    void end(String reply, boolean atOnce);
  }

  private final ClientNetwork address;
  private final long since;
  private final Ending ending;
  @Nullable UUID personId;

  /// `since` as of [System#nanoTime].
  Visit(ClientNetwork address, long since, Ending ending) {
    this.address = address;
    this.since = since;
    this.ending = ending;
  }

  ClientNetwork address() {
    return address;
  }

  long since() {
    return since;
  }

  void end(String reply, boolean atOnce) {
    ending.end(reply, atOnce);
  }
}
