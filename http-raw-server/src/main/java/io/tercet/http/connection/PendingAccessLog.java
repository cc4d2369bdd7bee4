package io.tercet.http.connection;

import io.tercet.http.client.ClientIdentity;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The answers of one conversation that have not left yet, and when their requests began.
///
/// - Bounds: as many as fit the output, because input waits while output does.
/// - Threading: confined to its conversation.
final class PendingAccessLog {
  /// Of memory, about, for each beside its head.
  private static final int UNDERWAY_BYTES = 256;

  private final AccessLog log;
  private final ArrayDeque<Underway> underway = new ArrayDeque<>(2);

  /// When bytes came last.
  private long received;

  /// When those came that the next answer's request begins with.
  private long begun;

  /// An answer whose last byte is the `endsAt`-th of all output.
  private record Underway(
      Endpoint client,
      @Nullable Request request,
      Status status,
      long bodyBytes,
      long endsAt,
      long begun) {}

  PendingAccessLog(AccessLog log) {
    this.log = log;
    received = log.now();
    begun = received;
  }

  /// Bytes have come.
  ///
  /// @param begins whether a request begins with them, for all that is known yet
  void receives(boolean begins) {
    received = log.now();
    begun = begins ? received : begun;
  }

  void answered(
      ClientIdentity caller,
      @Nullable Request request,
      Status status,
      long bodyBytes,
      long endsAt) {
    Endpoint client = log.namesClients() ? caller.client() : Endpoint.UNKNOWN;
    underway.add(new Underway(client, request, status, bodyBytes, endsAt, begun));
    // What is left came with the last bytes, because nothing more is received while it waits.
    begun = received;
  }

  /// How many bytes of memory they take.
  long heldBytes() {
    long held = 0;
    for (Underway answer : underway) {
      held += UNDERWAY_BYTES;
      held += answer.request == null ? 0 : answer.request.headers().bytes();
    }
    return held;
  }

  /// So much of all output has left.
  void sent(long bytes) {
    if (underway.isEmpty()) {
      return;
    }
    long now = log.now();
    while (!underway.isEmpty() && underway.getFirst().endsAt <= bytes) {
      Underway whole = underway.removeFirst();
      log.add(entry(whole, whole.bodyBytes, now));
    }
  }

  /// No more than this will leave.
  void endsAt(long bytes) {
    sent(bytes);
    for (Underway cut : underway) {
      log.cut(entry(cut, Math.max(0, cut.bodyBytes - (cut.endsAt - bytes)), log.now()));
    }
    underway.clear();
  }

  private static AccessLog.Entry entry(Underway answer, long bodyBytes, long now) {
    return new AccessLog.Entry(
        answer.client, answer.request, answer.status, bodyBytes, answer.begun, now - answer.begun);
  }
}
