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

/// Renders responses into the output, sends them, and tells the observer and the access log.
///
/// Threading: confined to its conversation.
final class ResponseWriter {
  private final ServerContext server;
  private final ClientIdentity client;
  private final OutboundBuffer output;
  private final @Nullable PendingAccessLog log;

  /// Bytes of the memory budget that are held by bodies whose responses have not been sent.
  private long bodyBytesHeld;

  ResponseWriter(ServerContext server, ClientIdentity client, OutboundBuffer output) {
    this.server = server;
    this.client = client;
    this.output = output;
    log = server.log() == null ? null : new PendingAccessLog(server.log());
  }

  /// The whole request of a body reader. The memory of the body is given back when the response has
  /// been sent, because the response may be the body.
  Request takeRequest(RequestBodyReader body) {
    Request request = body.request();
    bodyBytesHeld += body.transferMemory();
    return request;
  }

  /// How many bytes of memory it keeps between turns for the log.
  long heldBytes() {
    return log == null ? 0 : log.heldBytes();
  }

  /// Bytes have come.
  ///
  /// @param beginsRequest whether a request begins with them, as far as is known yet
  void received(boolean beginsRequest) {
    if (log != null) {
      log.received(beginsRequest);
    }
  }

  /// Writes a response to the output.
  ///
  /// @param request as it was before it had a body; null if none could be read
  /// @param forHead whether the method was HEAD, as far as is known
  void write(
      Response response, Persistence persistence, @Nullable Request request, boolean forHead) {
    Status status = response.status();
    server.observer().answered(status);
    int at = output.reserve(server.renderer().lengthMax(response));
    output.advance(server.renderer().render(response, persistence, output.buffer(), at));
    boolean bodiless = status.isBodiless() || forHead;
    long bodyBytes = bodiless ? 0 : response.body().length();
    if (bodiless) {
      response.body().release();
    } else {
      output.put(response.body());
    }
    if (log != null) {
      log.add(client, request, status, bodyBytes, output.queuedBytes());
    }
    client.responseWritten();
  }

  /// Sends what can be sent at once.
  ///
  /// @param last whether the end of the output comes next
  FlushResult flush(NonBlockingOutput socket, boolean last) {
    long before = output.sentBytes();
    FlushResult flushed = output.flush(socket, last);
    long sent = output.sentBytes() - before;
    if (sent > 0) {
      server.observer().sent(sent);
    }
    if (log != null) {
      log.sent(output.sentBytes());
    }
    if (flushed == FlushResult.ALL) {
      releaseBodies();
    }
    return flushed;
  }

  /// Drops what has not been sent yet.
  void discard() {
    if (log != null) {
      log.close(output.sentBytes());
    }
    output.discard();
    releaseBodies();
  }

  private void releaseBodies() {
    if (bodyBytesHeld > 0) {
      server.memory().release(bodyBytesHeld);
      bodyBytesHeld = 0;
    }
  }
}
