package io.tercet.gateway.limit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.tercet.gateway.problem.ProblemBody;
import io.tercet.gateway.problem.ProblemType;
import io.tercet.gateway.problem.RequestId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/// Answers the first bytes of each refused connection with 503 and closes it; one that sends
/// nothing is closed after `patience`. Some hundreds may wait so; past that a refused connection is
/// closed at once.
///
/// An answer before the request would be lost: closing a socket with unread input resets it.
///
/// For any thread.
final class RefusedConnections {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedConnections.class);
  private static final int WAITING_MAX = 500;

  private final Duration patience;
  private final AtomicInteger waiting = new AtomicInteger();

  RefusedConnections(Duration patience) {
    this.patience = patience;
  }

  /// Takes over a connection that has not read anything yet.
  void add(Channel channel) {
    if (waiting.incrementAndGet() > WAITING_MAX) {
      waiting.decrementAndGet();
      var _ = channel.close();
      return;
    }
    channel.closeFuture().addListener(_ -> waiting.decrementAndGet());
    channel.pipeline().addFirst("refusal", new Refusal());
    Runnable closeNow =
        () -> {
          var _ = channel.close();
        };
    var _ = channel.eventLoop().schedule(closeNow, patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Keeps everything from the HTTP server. Confined to one connection.
  private static final class Refusal extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      context.writeAndFlush(answer()).addListener(ChannelFutureListener.CLOSE);
    }

    private static ByteBuf answer() {
      var id = RequestId.fresh();
      LOG.info("answered id={} status=503: too many connections", id);
      var body = ProblemBody.of(ProblemType.SERVICE_UNAVAILABLE, "", id);
      var head =
          """
          HTTP/1.1 503 Service Unavailable\r
          Content-Type: %s\r
          Content-Length: %d\r
          Retry-After: 5\r
          X-Request-Id: %s\r
          Connection: close\r
          \r
          """
              .formatted(MediaType.APPLICATION_PROBLEM_JSON_VALUE, body.length, id);
      return Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.US_ASCII), body);
    }
  }
}
