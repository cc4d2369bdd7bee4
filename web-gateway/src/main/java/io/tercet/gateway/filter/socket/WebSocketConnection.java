package io.tercet.gateway.filter.socket;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// One of the two connections of a relayed WebSocket: to the client, or to the service. Safe for
/// any thread; what it does to the connection happens on the event loop of that connection.
record WebSocketConnection(WebsocketInbound in, WebsocketOutbound out, EventLoop loop) {

  /// How long to wait for the close status after a connection has ended without one.
  private static final Duration CLOSE_STATUS_WAIT = Duration.ofSeconds(1);

  private static final int NO_CODE = WebSocketCloseStatus.EMPTY.code();
  private static final int ABNORMAL = WebSocketCloseStatus.ABNORMAL_CLOSURE.code();

  /// Call it while the connection is open.
  static WebSocketConnection of(WebsocketInbound in, WebsocketOutbound out) {
    return new WebSocketConnection(in, out, channel(out).eventLoop());
  }

  /// Forwards every frame unchanged and in order, then the close status. A broken connection ends
  /// the forwarding like a close frame. So does a frame that breaks the protocol, which is answered
  /// with its close status.
  ///
  /// Backpressure: the next frame is read after the one before it was written to the other
  /// connection, so that at most one waits in memory.
  Mono<Void> forwardTo(WebSocketConnection other) {
    return in.receiveFrames()
        .map(WebSocketFrame::retain)
        .concatMap(frame -> other.out.sendObject(frame).then(), 0)
        .then(Mono.defer(this::closeStatus))
        .onErrorResume(CorruptedWebSocketFrameException.class, this::refuse)
        .onErrorResume(_ -> closeStatus())
        .flatMap(other::close);
  }

  /// Answers a frame that breaks the protocol; the other connection gets the same status.
  private Mono<WebSocketCloseStatus> refuse(CorruptedWebSocketFrameException broken) {
    return close(broken.closeStatus()).thenReturn(broken.closeStatus());
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
  ///
  /// Reactor Netty makes the frame before it looks at the connection, and nobody releases the frame
  /// if the connection has ended. So it is made on the event loop, where no connection ends between
  /// the look and the sending.
  private Mono<Void> close(WebSocketCloseStatus status) {
    var close =
        Mono.defer(() -> channel(out).isActive() ? sendClose(status) : Mono.empty())
            .subscribeOn(Schedulers.fromExecutor(loop));
    return Mono.fromFuture(close.toFuture(), true).onErrorComplete();
  }

  private Mono<Void> sendClose(WebSocketCloseStatus status) {
    return status.code() == NO_CODE
        ? out.sendClose()
        : out.sendClose(status.code(), status.reasonText());
  }

  /// The channel of a connection; after its end another one that is not active.
  private static Channel channel(WebsocketOutbound out) {
    var channel = new AtomicReference<Channel>();
    var _ = out.withConnection(connection -> channel.set(connection.channel()));
    return channel.get();
  }
}
