package io.tercet.gateway.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;

/// Answers a client that has closed its sending side behind whole requests, and then closes the
/// connection. A client that closes it within a request, without one, or on a WebSocket has gone.
///
/// It stands next to the codec. Confined to one connection. Source: RFC 9112 §9.6.
final class HalfClose extends ChannelDuplexHandler {

  private int unanswered;
  private boolean withinRequest;
  private boolean upgraded;
  private boolean inputEnded;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
    }
    if (message instanceof HttpObject) {
      withinRequest = !(message instanceof LastHttpContent);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      if (withinRequest || upgraded || unanswered == 0) {
        var _ = context.close();
      }
    }
    context.fireUserEventTriggered(event);
  }

  /// Nothing comes any more: epoll has forgotten a socket whose input ended, and would fail.
  @Override
  public void read(ChannelHandlerContext context) {
    if (!inputEnded) {
      context.read();
    }
  }

  /// A client that resets the connection reads no answer. Without half-closed connections, Netty
  /// would close it.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      var _ = context.close();
    }
    context.fireExceptionCaught(cause);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    var written = promise;
    if (message instanceof HttpResponse response) {
      begin(response);
    }
    if (message instanceof LastHttpContent && !isInterim(message) && unanswered > 0) {
      unanswered--;
      if (inputEnded && unanswered == 0) {
        written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
      }
    }
    super.write(context, message, written);
  }

  private void begin(HttpResponse response) {
    if (isInterim(response)) {
      upgraded |= response.status().code() == 101;
    } else if (inputEnded && unanswered == 1) {
      HttpUtil.setKeepAlive(response, false);
    }
  }

  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
