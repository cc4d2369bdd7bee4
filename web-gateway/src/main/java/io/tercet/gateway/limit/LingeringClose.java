package io.tercet.gateway.limit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a connection so that the client can read the answer although its request was not read to
/// the end.
///
/// A socket that is closed with unread input resets the connection, and the reset may destroy the
/// answer. So the gateway closes its sending side, discards what still arrives, and closes the
/// socket when the client does or after `timeout`.
///
/// Confined to one connection. Source: RFC 9112 §9.6.
final class LingeringClose extends ChannelDuplexHandler {

  private final Duration timeout;
  private boolean requestUnread;
  private boolean closing;

  LingeringClose(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, @Nullable Object message) {
    if (closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpObject part) {
      requestUnread = part.decoderResult().isFailure() || !(part instanceof LastHttpContent);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) throws Exception {
    if (closing || !requestUnread || !(context.channel() instanceof DuplexChannel socket)) {
      super.close(context, promise);
      return;
    }
    closing = true;
    var _ = socket.shutdownOutput();
    var _ = socket.config().setAutoRead(true);
    Runnable closeNow =
        () -> {
          var _ = context.close(promise);
        };
    var _ = context.executor().schedule(closeNow, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }
}
