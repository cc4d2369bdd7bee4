package io.tercet.gateway.filter.socket;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// One of the two connections of a relayed WebSocket: to the client, or to the service. Confined to
/// its event loop.
record WebSocketConnection(WebsocketInbound in, WebsocketOutbound out) {

  /// How long to wait for the close status after a connection has ended without one.
  private static final Duration CLOSE_STATUS_WAIT = Duration.ofSeconds(1);

  private static final int NO_CODE = WebSocketCloseStatus.EMPTY.code();
  private static final int ABNORMAL = WebSocketCloseStatus.ABNORMAL_CLOSURE.code();

  /// Forwards every frame unchanged and in order, then the close status. A broken connection ends
  /// the forwarding like a close frame.
  ///
  /// Backpressure: the next frame is read after the one before it was written to the other
  /// connection, so that at most one waits in memory.
  Mono<Void> forwardTo(WebSocketConnection other) {
    return in.receiveFrames()
        .map(WebSocketFrame::retain)
        .concatMap(frame -> other.out.sendObject(frame).then(), 0)
        .onErrorComplete()
        .then(Mono.defer(this::closeStatus))
        .flatMap(other::close);
  }

  Mono<Void> goAway() {
    return close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
  }

  private Mono<WebSocketCloseStatus> closeStatus() {
    return in.receiveCloseStatus()
        .timeout(CLOSE_STATUS_WAIT, Mono.empty())
        .filter(status -> status.code() != ABNORMAL)
        .defaultIfEmpty(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
  }

  /// Cannot be cancelled: a close frame that is cancelled half-way would be sent empty.
  private Mono<Void> close(WebSocketCloseStatus status) {
    var close =
        status.code() == NO_CODE
            ? out.sendClose()
            : out.sendClose(status.code(), status.reasonText());
    return Mono.fromFuture(close.toFuture(), true).onErrorComplete();
  }
}
