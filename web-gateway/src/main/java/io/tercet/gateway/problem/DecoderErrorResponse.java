package io.tercet.gateway.problem;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/// Adds a problem body to the error answers of Netty's HTTP decoder, which have none, and removes
/// `Content-Length` from `100 Continue`, which must not have one (RFC 9110 §8.6).
///
/// It stands between codec and server, because only there such answers can be seen. It never
/// touches an answer of the gateway or of a service: those have more headers than the two that the
/// decoder sets. It closes the connection after the error, because the decoder cannot tell where
/// the next request begins. If the decoder says why it refuses a request, by a
/// [ProblemException], the answer is that problem.
///
/// Confined to one connection.
public final class DecoderErrorResponse extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(DecoderErrorResponse.class);

  private Optional<ProblemException> refusal = Optional.empty();

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof DecoderResultProvider part
        && part.decoderResult().cause() instanceof ProblemException problem) {
      refusal = Optional.of(problem);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    var response =
        message instanceof FullHttpResponse bare && isBare(bare) ? withBody(bare) : message;
    super.write(context, response, promise);
  }

  private FullHttpResponse withBody(FullHttpResponse bare) {
    if (bare.status().equals(HttpResponseStatus.CONTINUE)) {
      ReferenceCountUtil.release(bare);
      return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE);
    }
    var problem = problemOf(bare.status().code());
    if (problem.isEmpty()) {
      return bare;
    }
    var response = response(bare, problem.get());
    ReferenceCountUtil.release(bare);
    return response;
  }

  private static boolean isBare(FullHttpResponse response) {
    return !response.content().isReadable()
        && response.headers().names().stream()
            .allMatch(name ->
                HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)
                    || HttpHeaderNames.CONNECTION.contentEqualsIgnoreCase(name));
  }

  private Optional<ProblemException> problemOf(int status) {
    return switch (status) {
      case 400 ->
          refusal.or(() ->
              Optional.of(
                  new ProblemException(
                      ProblemType.INVALID_REQUEST, "Send a well-formed HTTP/1.1 request.")));
      case 414 ->
          Optional.of(new ProblemException(ProblemType.TARGET_TOO_LONG, "Use a shorter address."));
      case 431 ->
          Optional.of(
              new ProblemException(
                  ProblemType.HEADERS_TOO_LARGE, "Send fewer or shorter headers."));
      default -> Optional.empty();
    };
  }

  private static FullHttpResponse response(FullHttpResponse bare, ProblemException problem) {
    var id = RequestId.fresh();
    LOG.info("answered id={} status={} before any filter", id, problem.type().status().value());
    var body = ProblemBody.of(problem.type(), problem.detail(), id);
    var response =
        new DefaultFullHttpResponse(
            bare.protocolVersion(),
            HttpResponseStatus.valueOf(problem.type().status().value()),
            Unpooled.wrappedBuffer(body));
    problem.headers().forEach(response.headers()::set);
    response
        .headers()
        .set(RequestId.HEADER, id)
        .set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
        .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return response;
  }
}
