package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.delivery.outbound.SendQueue;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.Entry;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import java.nio.ByteBuffer;
import java.util.List;
import org.springframework.stereotype.Component;

/// Answers `history` frames.
///
/// A page waits until its connection has read most of what was sent before. Threading: any thread
/// that may block.
@Component
class HistoryPages {

  private final Rooms rooms;
  private final FrameWriter frames;
  private final OutboundSettings settings;
  private final PageTurns turns;

  HistoryPages(Rooms rooms, FrameWriter frames, OutboundSettings settings, PageTurns turns) {
    this.rooms = rooms;
    this.frames = frames;
    this.settings = settings;
    this.turns = turns;
  }

  /// Sends the page that a frame asks for. Throws `room-not-found`, or `service-unavailable` if too
  /// much waits to be sent.
  void send(Connection connection, ClientFrame.History history) {
    SendQueue queue = connection.sendQueue();
    if (!queue.awaitSpace()) {
      return;
    }
    ByteBuffer page =
        turns.take(
            () -> queue.hasSpace(settings.messageMaxBytes()) ? page(connection, history) : null);
    if (page == null) {
      throw new ProblemException(
          ProblemType.SERVICE_UNAVAILABLE, "Too much waits to be sent. Ask again soon.");
    }
    queue.send(page);
  }

  private ByteBuffer page(Connection connection, ClientFrame.History history) {
    List<Entry> found =
        rooms.entriesBefore(history.roomId(), history.before(), history.limit() + 1);
    // Checked after the reading: who left before it gets nothing that came after their leaving.
    Room room = rooms.get(history.roomId(), connection.person().personId());
    if (!room.member()) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    boolean more = found.size() > history.limit();
    List<Entry> entries = more ? found.subList(1, found.size()) : found;
    ByteBuffer frame = frame(history, entries, more);
    while (frame.remaining() > settings.messageMaxBytes()) {
      // The messages are long: send the newer half; the client asks for the rest with `before`.
      entries = entries.subList(entries.size() / 2, entries.size());
      frame = frame(history, entries, true);
    }
    return frame;
  }

  private ByteBuffer frame(ClientFrame.History history, List<Entry> entries, boolean more) {
    return frames.write(
        new ServerFrame.History(history.requestId(), history.roomId(), entries, more));
  }
}
