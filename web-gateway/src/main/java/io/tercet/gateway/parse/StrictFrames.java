package io.tercet.gateway.parse;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Turns a frame of a client that breaks the protocol into a [CorruptedWebSocketFrameException],
/// which has the status of the close frame to answer with.
///
/// Netty's decoder answers by itself, but not to a bad close frame: it closes the connection
/// without a word. It also takes codes that do not exist, and a reason that ends within a
/// character.
///
/// It keeps what comes before [#openLater]: until then nobody listens, and a frame that follows the
/// handshake at once would be lost. That is at most what one read of the socket brings.
///
/// Confined to one connection. Source: RFC 6455 §5.5.1, §7.4 and §8.1.
public final class StrictFrames extends ChannelInboundHandlerAdapter {

  private static final int PRIVATE_CODES_FROM = 3000;
  private static final int PRIVATE_CODES_TO = 4999;

  private final Queue<Object> early = new ArrayDeque<>();
  private boolean open;

  private StrictFrames() {}

  /// Replaces the decoder if a WebSocket opens.
  ///
  /// @param frameBytesMax longest frame
  static void install(ChannelPipeline pipeline, int frameBytesMax) {
    var decoder = pipeline.context(WebSocket13FrameDecoder.class);
    if (decoder == null) {
      return;
    }
    var name = decoder.name();
    var config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(frameBytesMax)
            .closeOnProtocolViolation(false)
            .build();
    var _ = pipeline.replace(name, name, new WebSocket13FrameDecoder(config));
    pipeline.addAfter(name, "strictFrames", new StrictFrames());
  }

  /// Passes on what has come and what comes, once the event loop has done what it does now. The
  /// caller listens by then: who is told of a bad frame before can answer nothing.
  public static void openLater(Channel channel) {
    channel.eventLoop().execute(() -> open(channel.pipeline()));
  }

  private static void open(ChannelPipeline pipeline) {
    var context = pipeline.context(StrictFrames.class);
    if (context != null && context.handler() instanceof StrictFrames frames) {
      frames.open = true;
      frames.passOn(context);
    }
  }

  private void passOn(ChannelHandlerContext context) {
    for (Object each = early.poll(); each != null; each = early.poll()) {
      if (each instanceof Throwable cause) {
        context.fireExceptionCaught(cause);
      } else {
        channelRead(context, each);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (open) {
      context.fireExceptionCaught(cause);
    } else {
      early.add(cause);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, @Nullable Object message) {
    if (!open) {
      early.add(Objects.requireNonNull(message));
      return;
    }
    if (message instanceof CloseWebSocketFrame close) {
      try {
        check(close);
      } catch (CorruptedWebSocketFrameException broken) {
        close.release();
        context.fireExceptionCaught(broken);
        return;
      }
    }
    context.fireChannelRead(message);
  }

  private static void check(CloseWebSocketFrame close) {
    var content = close.content();
    if (!content.isReadable()) {
      return;
    }
    int code = close.statusCode();
    boolean known =
        code < PRIVATE_CODES_FROM
            ? WebSocketCloseStatus.isValidStatusCode(code)
            : code <= PRIVATE_CODES_TO;
    if (!known) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.PROTOCOL_ERROR, "no close code");
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(content.nioBuffer(content.readerIndex() + 2, content.readableBytes() - 2));
    } catch (CharacterCodingException e) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "no UTF-8");
    }
  }
}
