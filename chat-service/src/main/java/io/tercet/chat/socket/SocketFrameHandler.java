package io.tercet.chat.socket;

import io.tercet.chat.security.AuthenticatedPerson;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Jetty calls for one WebSocket, from its opening to its end.
///
/// It asks for the next frame when the last one is processed, so the frames of a client that sends
/// too many wait in that client's own socket.
///
/// Threading: Jetty calls one method at a time, except [#onClosed]: a write that fails may call it
/// at any time, even while [#onOpen] runs.
final class SocketFrameHandler implements FrameHandler {

  private static final Logger log = LoggerFactory.getLogger(SocketFrameHandler.class);

  private final AuthenticatedPerson person;
  private final String network;
  private final SocketContext context;
  private final IdleSocketReaper reaper;
  private volatile @Nullable SocketConnection connection;
  private volatile boolean closed;

  SocketFrameHandler(
      AuthenticatedPerson person, String network, SocketContext context, IdleSocketReaper reaper) {
    this.person = person;
    this.network = network;
    this.context = context;
    this.reaper = reaper;
  }

  @Override
  public void onOpen(CoreSession session, Callback callback) {
    SocketConnection opened = new SocketConnection(session, person, network, context);
    connection = opened;
    reaper.add(opened);
    if (closed) {
      forget(opened);
    }
    callback.succeeded();
    session.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    SocketConnection open = connection;
    if (open != null) {
      try {
        open.receive(frame);
      } catch (RuntimeException e) {
        log.error("socket failed: personId={}", person.person().personId(), e);
        open.fail();
      }
      callback.succeeded();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    log.debug("socket broke: personId={} cause={}", person.person().personId(), cause.toString());
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    closed = true;
    SocketConnection open = connection;
    if (open != null) {
      forget(open);
    }
    callback.succeeded();
  }

  private void forget(SocketConnection ended) {
    reaper.remove(ended);
    ended.closed();
  }
}
