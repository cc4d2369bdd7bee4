package io.tercet.gateway.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;

/// One connection of a client, which can be drained: its next answer says `Connection: close`, and
/// if no request comes for a while, the connection is closed.
///
/// It stands behind the handler that gives requests on one after the other and closes a connection
/// whose answer says so. Confined to the event loop of the connection, except [#drain].
final class DrainableConnection extends ChannelDuplexHandler {

  private final Drain drain;
  private boolean answering;
  private boolean closeSaid;

  DrainableConnection(Drain drain) {
    this.drain = drain;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    drain.add(context.channel());
    if (drain.hasBegun()) {
      closeWhenIdle(context);
    }
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    answering |= message instanceof HttpRequest;
    context.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Drain.Begun) {
      closeWhenIdle(context);
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    boolean interim =
        message instanceof HttpResponse response
            && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof HttpResponse response && !interim && drain.hasBegun()) {
      HttpUtil.setKeepAlive(response, false);
      closeSaid = true;
    }
    boolean ends = answering && !interim && message instanceof LastHttpContent;
    super.write(context, message, promise);
    if (ends) {
      answering = false;
      if (drain.hasBegun() && !closeSaid) {
        closeWhenIdle(context);
      }
    }
  }

  /// Not at once: the client may be sending its next request now.
  private void closeWhenIdle(ChannelHandlerContext context) {
    Runnable close =
        () -> {
          if (!answering) {
            var _ = context.close();
          }
        };
    var _ = context.executor().schedule(close, drain.idleMillis(), TimeUnit.MILLISECONDS);
  }
}
