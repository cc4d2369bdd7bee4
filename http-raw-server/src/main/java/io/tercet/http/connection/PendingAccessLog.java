package io.tercet.http.connection;

import io.tercet.http.client.ClientIdentity;
import io.tercet.http.message.Endpoint;
import io.tercet.http.message.Request;
import io.tercet.http.message.Status;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// The access log entries of responses that have not been sent yet, and when their requests began.
///
/// - Bounds: as many as fit the output, because input waits while output does.
/// - Threading: confined to its conversation.
final class PendingAccessLog {
  /// About what an entry takes in memory beside its request's head.
  private static final int ENTRY_BYTES = 256;

  private final AccessLog log;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>(2);

  /// When the last bytes came.
  private long received;

  /// When the first bytes of the next response's request came.
  private long begun;

  /// A response whose last byte is the `endsAt`-th of all output.
  private record Pending(
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
  /// @param beginsRequest whether a request begins with them, as far as is known yet
  void received(boolean beginsRequest) {
    received = log.now();
    begun = beginsRequest ? received : begun;
  }

  /// A response was written to the output.
  void add(
      ClientIdentity from, @Nullable Request request, Status status, long bodyBytes, long endsAt) {
    Endpoint client = log.namesClients() ? from.client() : Endpoint.UNKNOWN;
    pending.add(new Pending(client, request, status, bodyBytes, endsAt, begun));
    // The next request came with the last bytes: nothing is received while it waits.
    begun = received;
  }

  /// How many bytes of memory it takes.
  long heldBytes() {
    long held = 0;
    for (Pending response : pending) {
      held += ENTRY_BYTES;
      held += response.request == null ? 0 : response.request.headers().bytes();
    }
    return held;
  }

  /// Logs the responses that end within the first `bytes` of all output, which have been sent.
  void sent(long bytes) {
    if (pending.isEmpty()) {
      return;
    }
    long now = log.now();
    while (!pending.isEmpty() && pending.getFirst().endsAt <= bytes) {
      Pending whole = pending.removeFirst();
      log.add(entry(whole, whole.bodyBytes, now));
    }
  }

  /// Logs all responses: no more than the first `bytes` of all output will be sent.
  void close(long bytes) {
    sent(bytes);
    for (Pending cut : pending) {
      log.cut(entry(cut, Math.max(0, cut.bodyBytes - (cut.endsAt - bytes)), log.now()));
    }
    pending.clear();
  }

  private static AccessLog.Entry entry(Pending response, long bodyBytes, long now) {
    return new AccessLog.Entry(
        response.client,
        response.request,
        response.status,
        bodyBytes,
        response.begun,
        now - response.begun);
  }
}
