package io.tercet.chat.socket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;

/// A session of Jetty's without a socket: it notes what it is told to do.
final class RecordingSession extends CoreSession.Empty {

  final List<String> done = new ArrayList<>();

  /// Whether a frame leaves at once.
  boolean sends = true;

  private Callback sent = Callback.NOOP;

  @Override
  public void sendFrame(OutgoingEntry entry) {
    Frame frame = entry.getFrame();
    done.add(OpCode.name(frame.getOpCode()) + " " + payload(frame));
    sent = entry.getCallback();
    if (sends) {
      sent();
    }
  }

  void sent() {
    sent.succeeded();
  }

  @Override
  public void close(int statusCode, String reason, Callback callback) {
    done.add("close " + statusCode);
    callback.succeeded();
  }

  @Override
  public void abort() {
    done.add("abort");
  }

  @Override
  public void demand() {
    done.add("demand");
  }

  private static String payload(Frame frame) {
    return StandardCharsets.UTF_8.decode(frame.getPayload().duplicate()).toString();
  }
}
