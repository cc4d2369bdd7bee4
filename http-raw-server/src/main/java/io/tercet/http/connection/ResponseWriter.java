package io.tercet.http.connection;

import io.tercet.http.buffer.FlushResult;
import io.tercet.http.buffer.NonBlockingOutput;
import io.tercet.http.buffer.OutboundBuffer;
import io.tercet.http.client.ClientIdentity;
import io.tercet.http.message.Request;
import io.tercet.http.message.Response;
import io.tercet.http.message.Status;
import io.tercet.http.render.HeadRenderer.Persistence;
import org.jspecify.annotations.Nullable;

/// Puts answers into an outbox, and tells the observer and the log about them.
///
/// Threading: confined to its conversation.
final class ResponseWriter {
  private final ServerContext protocol;
  private final ClientIdentity caller;
  private final OutboundBuffer outbox;
  private final @Nullable PendingAccessLog ledger;

  /// Bytes of the budget that are held by bodies whose answers have not left.
  private long held;

  ResponseWriter(ServerContext protocol, ClientIdentity caller, OutboundBuffer outbox) {
    this.protocol = protocol;
    this.caller = caller;
    this.outbox = outbox;
    ledger = protocol.log() == null ? null : new PendingAccessLog(protocol.log());
  }

  /// The whole request of an intake, whose memory is given back when the answer has left: that may
  /// be the body again.
  Request takeOver(RequestBodyReader intake) {
    Request request = intake.request();
    held += intake.handOver();
    return request;
  }

  /// How many bytes of memory it keeps between turns for the log.
  long heldBytes() {
    return ledger == null ? 0 : ledger.heldBytes();
  }

  /// Bytes have come.
  ///
  /// @param begins whether a request begins with them, for all that is known yet
  void receives(boolean begins) {
    if (ledger != null) {
      ledger.receives(begins);
    }
  }

  /// @param request that it answers, as it was before it had a body; null if none could be read
  /// @param forHead whether the method was HEAD, as far as it is known
  void add(Response response, Persistence persistence, @Nullable Request request, boolean forHead) {
    Status status = response.status();
    protocol.observer().answered(status);
    int at = outbox.reserve(protocol.renderer().lengthMax(response));
    outbox.advance(protocol.renderer().render(response, persistence, outbox.buffer(), at));
    boolean bare = status.isBodiless() || forHead;
    long bodyBytes = bare ? 0 : response.body().length();
    if (bare) {
      response.body().release();
    } else {
      outbox.put(response.body());
    }
    if (ledger != null) {
      ledger.answered(caller, request, status, bodyBytes, outbox.queuedBytes());
    }
    caller.answered();
  }

  /// Sends what can be sent at once.
  ///
  /// @param last whether the end of the output comes next
  FlushResult flush(NonBlockingOutput sink, boolean last) {
    long before = outbox.sentBytes();
    FlushResult flushed = outbox.flush(sink, last);
    sentSince(before);
    if (ledger != null) {
      ledger.sent(outbox.sentBytes());
    }
    if (flushed == FlushResult.ALL) {
      giveBack();
    }
    return flushed;
  }

  private void sentSince(long before) {
    long sent = outbox.sentBytes() - before;
    if (sent > 0) {
      protocol.observer().sent(sent);
    }
  }

  /// Forgets what has not left yet.
  void discard() {
    if (ledger != null) {
      ledger.endsAt(outbox.sentBytes());
    }
    outbox.discard();
    giveBack();
  }

  private void giveBack() {
    if (held > 0) {
      protocol.memory().giveBack(held);
      held = 0;
    }
  }
}
