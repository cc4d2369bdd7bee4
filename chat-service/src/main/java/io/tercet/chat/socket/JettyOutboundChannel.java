package io.tercet.chat.socket;

import io.tercet.chat.relay.CloseReason;
import io.tercet.chat.relay.Wire;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/// Outbound bytes on Jetty's own WebSocket session, below every API that would copy or encode them
/// again for each receiver.
final class JettyOutboundChannel implements Wire {

  private final CoreSession session;
  private volatile long closedNanos;

  JettyOutboundChannel(CoreSession session) {
    this.session = session;
  }

  @Override
  public void write(ByteBuffer message, Runnable written) {
    session.sendFrame(
        new Frame(OpCode.TEXT, message), Callback.from(written, failure -> session.abort()), false);
  }

  @Override
  public void close(CloseReason reason) {
    close(reason.code(), reason.text());
  }

  void close(int code, String text) {
    closedNanos = System.nanoTime();
    session.close(code, text, Callback.NOOP);
  }

  /// Cuts a connection that was closed and did not go away in time.
  void cutIfOverdue(long closeMaxNanos) {
    long closed = closedNanos;
    if (closed != 0 && System.nanoTime() - closed > closeMaxNanos) {
      session.abort();
    }
  }
}
