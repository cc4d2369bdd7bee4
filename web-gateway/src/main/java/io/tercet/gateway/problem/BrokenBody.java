package io.tercet.gateway.problem;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.util.AttributeKey;

/// Remembers that the body of a request broke off, because its chunks cannot be read. Reactor Netty
/// refuses the request, but ends its body as if it were whole: a service would store half a file.
///
/// It stands between codec and server. Confined to one connection, which ends after such a body.
public final class BrokenBody extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<Boolean> BROKEN =
      AttributeKey.valueOf(BrokenBody.class, "broken");

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpContent part && part.decoderResult().isFailure()) {
      context.channel().attr(BROKEN).set(true);
    }
    context.fireChannelRead(message);
  }

  static boolean isOn(Channel connection) {
    return Boolean.TRUE.equals(connection.attr(BROKEN).get());
  }
}
