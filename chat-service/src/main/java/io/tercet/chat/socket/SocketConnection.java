package io.tercet.chat.socket;

import io.tercet.chat.delivery.Connection;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.ParsedFrame;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.rate.Action;
import io.tercet.chat.security.AuthenticatedPerson;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/// One open WebSocket: assembles messages, splits them into lines, and gives each to the handler.
///
/// - Bounds: [SocketSettings]. A message that is too big closes the socket. A frame for which its
///   person has no token left is refused: [RateLimiter].
/// - Threading: [#receive] and [#closed] are called by Jetty, one at a time; [#closeIfIdle] by any
///   thread.
final class SocketConnection {

  private final CoreSession session;
  private final SocketContext context;
  private final JettyOutboundChannel channel;
  private final Connection connection;
  private final MessageAssembler assembler;
  private final UUID personId;
  private volatile long receivedNanos;

  SocketConnection(
      CoreSession session, AuthenticatedPerson person, String network, SocketContext context) {
    SocketSettings settings = context.settings();
    long nowNanos = context.clock().monotonicTime();
    this.session = session;
    this.context = context;
    this.assembler = new MessageAssembler(settings.messageMax().toBytes());
    this.personId = person.person().personId().value();
    this.receivedNanos = nowNanos;
    this.channel = new JettyOutboundChannel(session, context.clock());
    this.connection = context.handler().open(person.person(), person.sessionId(), network, channel);
  }

  /// Processes one WebSocket frame, and then asks Jetty for the next one.
  void receive(Frame frame) {
    receivedNanos = context.clock().monotonicTime();
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.CONTINUATION -> assemble(frame);
      case OpCode.BINARY -> connection.close(CloseReason.MALFORMED);
      case OpCode.PING -> {
        // Only a pong that has left is followed by the next frame: its client may not read.
        pong(frame, Callback.from(session::demand));
        return;
      }
      default -> {
        // A pong needs no answer; Jetty answers a close.
      }
    }
    session.demand();
  }

  /// Closes the socket because we failed. Jetty reads on until the close is answered.
  void fail() {
    channel.close(CloseStatus.SERVER_ERROR, "something went wrong here");
    session.demand();
  }

  /// Closes the socket if its client sends nothing for too long. Aborts it if its close takes too
  /// long.
  void closeIfIdle(long nowNanos) {
    channel.abortIfCloseIsOverdue(nowNanos, context.settings().closeMax().toNanos());
    if (nowNanos - receivedNanos > context.settings().idleMax().toNanos()) {
      connection.close(CloseReason.IDLE);
    }
  }

  /// Tells the handler that the socket has closed. Safe to call again.
  void closed() {
    context.handler().closed(connection);
  }

  private void assemble(Frame frame) {
    switch (assembler.add(frame)) {
      case MessageAssembler.Assembly.Incomplete() -> {}
      case MessageAssembler.Assembly.Complete(String text) -> receive(text);
      case MessageAssembler.Assembly.TooBig() -> connection.close(CloseReason.TOO_BIG);
      case MessageAssembler.Assembly.NotUtf8() ->
          channel.close(CloseStatus.BAD_PAYLOAD, "not UTF-8");
    }
  }

  private void receive(String message) {
    for (String line : message.lines().toList()) {
      if (!line.isBlank() && !receiveLine(line)) {
        return;
      }
    }
  }

  /// Processes one line; false when it closes the socket.
  private boolean receiveLine(String line) {
    switch (context.reader().read(line)) {
      case ParsedFrame.Malformed malformed -> {
        connection.close(CloseReason.MALFORMED);
        return false;
      }
      case ParsedFrame.Invalid(var requestId, var problem, var detail) -> {
        if (take(requestId, Action.REQUEST)) {
          context.handler().refuse(connection, requestId, new ProblemException(problem, detail));
        }
      }
      case ParsedFrame.Valid(var frame) -> {
        if (take(frame.requestId(), costs(frame))) {
          context.handler().receive(connection, frame);
        }
      }
    }
    return true;
  }

  private static Action[] costs(ClientFrame frame) {
    return switch (frame) {
      case ClientFrame.Post _ -> new Action[] {Action.REQUEST, Action.POST};
      case ClientFrame.Subscribe _ -> new Action[] {Action.REQUEST, Action.SUBSCRIPTION};
      case ClientFrame.History _ -> new Action[] {Action.REQUEST, Action.HISTORY};
      case ClientFrame.Unsubscribe _, ClientFrame.Ping _ -> new Action[] {Action.REQUEST};
    };
  }

  /// Takes the person's tokens. If there are none, it refuses the frame and is false.
  private boolean take(@Nullable String requestId, Action... actions) {
    try {
      for (Action action : actions) {
        context.rates().take(action, personId);
      }
      return true;
    } catch (ProblemException tooFast) {
      context.handler().refuse(connection, requestId, tooFast);
      return false;
    }
  }

  private void pong(Frame ping, Callback sent) {
    ByteBuffer payload = ByteBuffer.wrap(BufferUtil.toArray(ping.getPayload()));
    session.sendFrame(new Frame(OpCode.PONG, payload), sent, false);
  }
}
