package io.tercet.gateway.filter.socket;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// One of the two WebSockets that a relayed conversation consists of. Confined to its event loop.
record WebSocketConnection(WebsocketInbound in, WebsocketOutbound out) {

  /// How long to wait for the reason after a connection has ended without one.
  private static final Duration CLOSE_STATUS_WAIT = Duration.ofSeconds(1);

  private static final int NO_CODE = WebSocketCloseStatus.EMPTY.code();
  private static final int ABNORMAL = WebSocketCloseStatus.ABNORMAL_CLOSURE.code();

  /// Passes every frame on as it is, in order, then how this end was closed. A line that breaks is
  /// an end like any other.
  ///
  /// Back-pressure: a frame is read when the one before it has been written to the other side's
  /// socket, so that at most one waits here.
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

  /// Once begun it is done: a close frame that is called back half-way would be sent empty.
  private Mono<Void> close(WebSocketCloseStatus status) {
    var close =
        status.code() == NO_CODE
            ? out.sendClose()
            : out.sendClose(status.code(), status.reasonText());
    return Mono.fromFuture(close.toFuture(), true).onErrorComplete();
  }
}
