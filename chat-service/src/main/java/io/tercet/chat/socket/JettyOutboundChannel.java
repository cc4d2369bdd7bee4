package io.tercet.chat.socket;

import io.micrometer.core.instrument.Clock;
import io.tercet.chat.delivery.outbound.CloseReason;
import io.tercet.chat.delivery.outbound.OutboundChannel;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/// Writes encoded frames to Jetty's core session. Every API above it would copy or encode them once
/// for each receiver.
///
/// Threading: one write at a time; any thread closes.
final class JettyOutboundChannel implements OutboundChannel {

  private final CoreSession session;
  private final Clock clock;

  /// When it was closed from our side; 0 while it is open.
  private volatile long closedNanos;

  JettyOutboundChannel(CoreSession session, Clock clock) {
    this.session = session;
    this.clock = clock;
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

  @Override
  public void abort() {
    session.abort();
  }

  void close(int code, String text) {
    closedNanos = clock.monotonicTime();
    session.close(code, text, Callback.NOOP);
  }

  /// Aborts a connection that was closed more than `closeMaxNanos` ago and is still there.
  void abortIfCloseIsOverdue(long nowNanos, long closeMaxNanos) {
    long closed = closedNanos;
    if (closed != 0 && nowNanos - closed > closeMaxNanos) {
      session.abort();
    }
  }
}
