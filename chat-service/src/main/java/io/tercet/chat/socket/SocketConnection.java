package io.tercet.chat.socket;

import io.tercet.chat.frame.FrameReader;
import io.tercet.chat.frame.FrameReading;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.relay.CloseReason;
import io.tercet.chat.relay.Connection;
import io.tercet.chat.relay.Relay;
import io.tercet.chat.security.Asker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One WebSocket: gathers Jetty's frames into messages, splits them into lines, and gives each to
/// the relay. The next frame is asked for when the last was carried out, so a client that floods
/// waits in its own socket.
///
/// - Bounds: one message has at most [SocketSettings#messageMax]; more closes the socket.
/// - Threading: Jetty calls one method at a time; [#reap] comes from the reaper's thread.
final class SocketConnection implements FrameHandler {

  private static final Logger log = LoggerFactory.getLogger(SocketConnection.class);

  private final Asker asker;
  private final Relay relay;
  private final FrameReader reader;
  private final SocketSettings settings;
  private final Consumer<SocketConnection> onClosed;
  private final TokenBucket bucket;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream(0);
  private @Nullable CoreSession session;
  private volatile @Nullable JettyOutboundChannel channel;
  private volatile @Nullable Connection connection;
  private volatile long heardNanos = System.nanoTime();

  SocketConnection(
      Asker asker,
      Relay relay,
      FrameReader reader,
      SocketSettings settings,
      Consumer<SocketConnection> onClosed) {
    this.asker = asker;
    this.relay = relay;
    this.reader = reader;
    this.settings = settings;
    this.onClosed = onClosed;
    this.bucket = new TokenBucket(settings.framesAtOnce(), settings.framesPerSecond(), heardNanos);
  }

  @Override
  public void onOpen(CoreSession session, Callback callback) {
    this.session = session;
    JettyOutboundChannel channel = new JettyOutboundChannel(session);
    this.channel = channel;
    this.connection = relay.open(asker.person(), asker.sessionId(), channel);
    callback.succeeded();
    session.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    heardNanos = System.nanoTime();
    try {
      switch (frame.getOpCode()) {
        case OpCode.TEXT, OpCode.CONTINUATION -> gather(frame);
        case OpCode.BINARY -> close(CloseReason.MALFORMED);
        case OpCode.PING -> pong(frame);
        default -> {
          // A pong says nothing; a close is answered by Jetty.
        }
      }
    } catch (RuntimeException e) {
      log.error("socket failed: personId={}", asker.person().personId(), e);
      closeWith(CloseStatus.SERVER_ERROR, "something went wrong here");
    }
    callback.succeeded();
    if (session != null) {
      session.demand();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    log.debug("socket broke: personId={} cause={}", asker.person().personId(), cause.toString());
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    Connection open = connection;
    if (open != null) {
      relay.closed(open);
    }
    onClosed.accept(this);
    callback.succeeded();
  }

  /// Closes who says nothing, and cuts who does not go.
  void reap() {
    JettyOutboundChannel out = channel;
    if (out == null) {
      return;
    }
    out.cutIfOverdue(settings.closeMax().toNanos());
    if (System.nanoTime() - heardNanos > settings.silenceMax().toNanos()) {
      close(CloseReason.IDLE);
    }
  }

  private void gather(Frame frame) {
    ByteBuffer payload = frame.getPayload();
    int length = payload == null ? 0 : payload.remaining();
    if (message.size() + length > settings.messageMax().toBytes()) {
      message.reset();
      close(CloseReason.TOO_BIG);
      return;
    }
    if (payload != null) {
      message.writeBytes(BufferUtil.toArray(payload));
      payload.position(payload.limit());
    }
    if (frame.isFin()) {
      byte[] whole = message.toByteArray();
      message.reset();
      receive(whole);
    }
  }

  private void receive(byte[] whole) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole)).toString();
    } catch (CharacterCodingException e) {
      closeWith(CloseStatus.BAD_PAYLOAD, "not UTF-8");
      return;
    }
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !receive(line)) {
        return;
      }
    }
  }

  /// Carries out one line; false when the socket is closed because of it.
  private boolean receive(String line) {
    Connection open = connection;
    if (open == null) {
      return false;
    }
    FrameReading reading = reader.read(line);
    boolean tooFast = !bucket.tryTake(System.nanoTime());
    switch (reading) {
      case FrameReading.Malformed malformed -> {
        close(CloseReason.MALFORMED);
        return false;
      }
      case FrameReading.Refused(var requestId, var problem, var detail) ->
          relay.refuse(open, requestId, problem, detail);
      case FrameReading.Understood(var frame) when tooFast ->
          relay.refuse(
              open,
              frame.requestId(),
              ProblemType.TOO_FAST,
              "At most " + settings.framesPerSecond() + " frames each second.");
      case FrameReading.Understood(var frame) -> relay.receive(open, frame);
    }
    return true;
  }

  private void pong(Frame ping) {
    if (session != null) {
      ByteBuffer payload = ByteBuffer.wrap(BufferUtil.toArray(ping.getPayload()));
      session.sendFrame(new Frame(OpCode.PONG, payload), Callback.NOOP, false);
    }
  }

  private void close(CloseReason reason) {
    Connection open = connection;
    if (open != null) {
      open.close(reason);
    }
  }

  private void closeWith(int code, String text) {
    JettyOutboundChannel out = channel;
    if (out != null) {
      out.close(code, text);
    }
  }
}
