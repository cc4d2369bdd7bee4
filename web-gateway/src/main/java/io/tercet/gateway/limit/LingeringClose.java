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

/// Lets a refusal arrive although the request behind it was not read to its end.
///
/// Closing a socket with unread input resets the connection, and a reset may overtake the answer.
/// So the gateway says that it has finished, throws away what still comes, and closes when the
/// client does or after `patience`.
///
/// Confined to one connection. Source: RFC 9112 §9.6.
final class LingeringClose extends ChannelDuplexHandler {

  private final Duration patience;
  private boolean requestUnread;
  private boolean closing;

  LingeringClose(Duration patience) {
    this.patience = patience;
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
    Runnable giveUp =
        () -> {
          var _ = context.close(promise);
        };
    var _ = context.executor().schedule(giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
