package io.tercet.gateway.parse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.tercet.gateway.problem.ProblemException;
import java.util.List;
import java.util.Queue;

/// Netty's request decoder, as strict as http-raw-server.
///
/// Netty reads leniently where RFC 9112 lets it: it skips what stands before a request, splits the
/// request line at any white space, joins folded fields, and drops chunk extensions unread. This
/// decoder looks at each line before Netty does. It also knows the forms of a target: it passes on
/// a target in absolute form as the path, and refuses one whose authority is not the `Host`.
///
/// Where a WebSocket opens, it leaves the connection to [StrictFrames].
///
/// - Bounds: those given, exactly: a request at the limit passes, one byte more is refused.
/// - Threading: confined to one connection.
/// - Errors: a refused request, or the end of a refused body, has a [ProblemException] as the cause
///   of its decoder result. What follows it on the connection is dropped.
///
/// Source: RFC 9112 §2.2, §3, §5.2, §6.1 and §7.1.
public final class RequestDecoder extends HttpRequestDecoder {

  /// What is read next.
  private enum Part {
    EMPTY_LINE,
    REQUEST_LINE,
    FIELDS,
    FIXED_BODY,
    CHUNK_LINE,
    CHUNK,
    TRAILERS,
    NOTHING
  }

  private static final int CRLF = 2;

  private final int lineBytesMax;
  private final int frameBytesMax;
  private final FieldLines fields;
  private final Queue<HttpMethod> unanswered;
  private Part part = Part.EMPTY_LINE;
  private RequestLine line = new RequestLine("", "");
  private long chunkBytesLeft;

  /// @param lineBytesMax longest request line without its CRLF, in bytes
  /// @param headerBytesMax all header fields and trailers with their line ends, in bytes
  /// @param frameBytesMax longest frame of a WebSocket, in bytes
  /// @param unanswered gets the method of each request, for [ResponseEncoder]
  public RequestDecoder(
      int lineBytesMax, int headerBytesMax, int frameBytesMax, Queue<HttpMethod> unanswered) {
    // Netty counts a line that has come without its line feed as longer than it is.
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(lineBytesMax + CRLF)
            .setMaxHeaderSize(headerBytesMax + CRLF));
    this.lineBytesMax = lineBytesMax;
    this.frameBytesMax = frameBytesMax;
    this.fields = new FieldLines(headerBytesMax);
    this.unanswered = unanswered;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    int known = out.size();
    try {
      if (!check(in)) {
        return;
      }
      int from = in.readerIndex();
      super.decode(context, in, out);
      chunkBytesLeft -= in.readerIndex() - from;
      follow(out.subList(known, out.size()));
    } catch (ProblemException problem) {
      refuse(out, known, problem);
      in.skipBytes(in.readableBytes());
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (part != Part.NOTHING) {
      super.decodeLast(context, in, out);
    }
  }

  /// A decoder of frames takes the place of this one before the client hears that the WebSocket is
  /// open. Later would be too late for the first frame.
  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
    super.handlerRemoved0(context);
    StrictFrames.install(context.pipeline(), frameBytesMax);
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) throws Exception {
    return super.createMessage(new String[] {initialLine[0], line.target(), initialLine[2]});
  }

  /// Looks at the lines that Netty is about to read; false if it should not read yet.
  private boolean check(ByteBuf in) {
    switch (part) {
      case EMPTY_LINE -> {
        return skipEmptyLine(in) && check(in);
      }
      case REQUEST_LINE -> {
        int end = requestLineEnd(in);
        if (end < 0) {
          return false;
        }
        line = RequestLine.of(in.toString(in.readerIndex(), end - in.readerIndex(), ISO_8859_1));
        fields.begin();
        fields.check(in, end + CRLF);
        part = Part.FIELDS;
      }
      case FIELDS, TRAILERS -> fields.check(in, in.readerIndex());
      case CHUNK_LINE -> {
        return checkChunkLine(in);
      }
      case CHUNK -> {
        if (chunkBytesLeft == 0) {
          part = Part.CHUNK_LINE;
          return check(in);
        }
      }
      case FIXED_BODY -> {
        // Netty counts.
      }
      case NOTHING -> {
        in.skipBytes(in.readableBytes());
        return false;
      }
    }
    return true;
  }

  /// One empty line may stand before a request; false if more must come to see it.
  private boolean skipEmptyLine(ByteBuf in) {
    int from = in.readerIndex();
    if (in.getByte(from) == '\r') {
      if (in.readableBytes() < CRLF) {
        return false;
      }
      if (in.getByte(from + 1) != '\n') {
        throw Refusal.malformed("End each line with CRLF.");
      }
      in.skipBytes(CRLF);
    }
    part = Part.REQUEST_LINE;
    return in.isReadable();
  }

  /// Where the CRLF of the request line is, or -1 if it has not come.
  private int requestLineEnd(ByteBuf in) {
    int from = in.readerIndex();
    int lineFeed = in.indexOf(from, in.writerIndex(), (byte) '\n');
    boolean ends = lineFeed > from && in.getByte(lineFeed - 1) == '\r';
    int end = lineFeed < 0 ? in.writerIndex() : ends ? lineFeed - 1 : lineFeed;
    boolean mayEnd = lineFeed < 0 && in.getByte(end - 1) == '\r';
    if (end - from - (mayEnd ? 1 : 0) > lineBytesMax) {
      throw Refusal.targetTooLong();
    }
    if (lineFeed >= 0 && !ends) {
      throw Refusal.malformed("End each line with CRLF.");
    }
    return lineFeed < 0 ? -1 : end;
  }

  private boolean checkChunkLine(ByteBuf in) {
    int from = in.readerIndex();
    int lineFeed = in.indexOf(from, in.writerIndex(), (byte) '\n');
    if (lineFeed < 0 && in.readableBytes() < ChunkLine.BYTES_MAX + CRLF) {
      return false;
    }
    if (lineFeed <= from || in.getByte(lineFeed - 1) != '\r') {
      throw ChunkLine.malformed();
    }
    long size = ChunkLine.size(in.toString(from, lineFeed - 1 - from, ISO_8859_1));
    chunkBytesLeft = lineFeed + 1 - from + (size == 0 ? 0 : size + CRLF);
    part = size == 0 ? Part.TRAILERS : Part.CHUNK;
    return true;
  }

  /// Learns from what Netty made of the lines what comes next.
  private void follow(List<Object> made) {
    for (Object each : made) {
      if (each instanceof HttpRequest request) {
        unanswered.add(request.method());
        RequestSemantics.check(request, line.authority());
        part = RequestSemantics.isChunked(request) ? Part.CHUNK_LINE : Part.FIXED_BODY;
      }
      if (each instanceof LastHttpContent) {
        part = Part.EMPTY_LINE;
      }
      if (((DecoderResultProvider) each).decoderResult().isFailure()) {
        part = Part.NOTHING;
        return;
      }
    }
  }

  /// Puts a failed message in the place of what this call has made.
  private void refuse(List<Object> out, int known, ProblemException problem) {
    boolean inBody = part.compareTo(Part.FIXED_BODY) >= 0 && out.size() == known;
    while (out.size() > known) {
      ReferenceCountUtil.release(out.removeLast());
    }
    DecoderResultProvider failed =
        inBody ? new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER) : createInvalidMessage();
    failed.setDecoderResult(DecoderResult.failure(problem));
    out.add(failed);
    part = Part.NOTHING;
  }
}
