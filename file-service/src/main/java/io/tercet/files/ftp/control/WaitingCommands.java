package io.tercet.files.ftp.control;

import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoEvent;
import org.apache.mina.core.session.IoEventType;
import org.apache.mina.filter.executor.IoEventQueueHandler;

/// Bounds the commands that wait while another is carried out. MINA's queue has no bound: a client
/// could send commands for ever during a transfer. Past the bound the connection is closed.
final class WaitingCommands implements IoEventQueueHandler {
  private final long bytesMax;

  WaitingCommands(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Override
  public boolean accept(Object source, IoEvent event) {
    if (event.getType() != IoEventType.MESSAGE_RECEIVED) {
      return true;
    }
    boolean fits =
        ControlSession.of(event.getSession()).waiting.addAndGet(bytes(event)) <= bytesMax;
    if (!fits) {
      event.getSession().closeNow();
    }
    return fits;
  }

  @Override
  public void offered(Object source, IoEvent event) {}

  @Override
  public void polled(Object source, IoEvent event) {
    if (event.getType() == IoEventType.MESSAGE_RECEIVED) {
      ControlSession.of(event.getSession()).waiting.addAndGet(-bytes(event));
    }
  }

  private static long bytes(IoEvent event) {
    return ((IoBuffer) event.getParameter()).remaining();
  }
}
