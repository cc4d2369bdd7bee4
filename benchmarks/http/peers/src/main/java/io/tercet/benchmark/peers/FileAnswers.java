package io.tercet.benchmark.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/// Answers with the files of one folder: small ones from memory, large ones by sendfile. Confined
/// to one event loop.
@Sharable
final class FileAnswers extends SimpleChannelInboundHandler<HttpObject> {
  private static final long KEPT_BYTES_MAX = 64 * 1024;

  private final Path root;
  private final Map<String, ByteBuf> kept = new HashMap<>();
  private long dateSecond;
  private String date = "";

  FileAnswers(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message)
      throws IOException {
    if (message instanceof HttpRequest request) {
      answer(context, request.uri());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  private void answer(ChannelHandlerContext context, String uri) throws IOException {
    Path file = root.resolve(uri.substring(1)).normalize();
    ByteBuf small = kept.get(uri);
    if (small == null && (!file.startsWith(root) || !Files.isRegularFile(file))) {
      var _ =
          context.write(
              described(
                  new DefaultFullHttpResponse(
                      HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND, Unpooled.EMPTY_BUFFER),
                  0));
      return;
    }
    if (small == null && Files.size(file) <= KEPT_BYTES_MAX) {
      byte[] bytes = Files.readAllBytes(file);
      small = Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly();
      kept.put(uri, small);
    }
    if (small != null) {
      ByteBuf body = small.retainedDuplicate();
      var _ =
          context.write(
              described(
                  new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body),
                  body.readableBytes()));
      return;
    }
    long length = Files.size(file);
    var _ =
        context.write(
            described(
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK), length));
    var _ = context.write(new DefaultFileRegion(file.toFile(), 0, length));
    var _ = context.write(LastHttpContent.EMPTY_LAST_CONTENT);
  }

  private HttpResponse described(HttpResponse response, long length) {
    response
        .headers()
        .set(HttpHeaderNames.DATE, date())
        .set(HttpHeaderNames.SERVER, "netty")
        .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
        .set(HttpHeaderNames.CONTENT_LENGTH, length);
    return response;
  }

  private String date() {
    Instant now = Instant.now();
    if (now.getEpochSecond() != dateSecond) {
      dateSecond = now.getEpochSecond();
      date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
    }
    return date;
  }
}
