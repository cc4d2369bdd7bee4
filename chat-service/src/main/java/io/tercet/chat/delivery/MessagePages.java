package io.tercet.chat.delivery;

import io.tercet.chat.delivery.outbound.OutboundSettings;
import io.tercet.chat.delivery.outbound.SendQueue;
import io.tercet.chat.frame.ClientFrame;
import io.tercet.chat.frame.FrameWriter;
import io.tercet.chat.frame.MessagePage;
import io.tercet.chat.frame.ServerFrame;
import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemException;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.Room;
import io.tercet.chat.room.Rooms;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Reads messages as they are now, in pages, for members of their room.
///
/// A page is a range of places in the log, so it costs the same whatever the places hold.
///
/// - Bounds: [PageTurns] for pages at the same time. A page with too many bytes gets fewer places.
/// - Threading: any thread that may block.
/// - Errors: `room-not-found` for who is not a member, also if they leave during the reading: who
///   left gets nothing that came after their leaving.
@Component
public class MessagePages {

  private final Rooms rooms;
  private final FrameWriter frames;
  private final OutboundSettings settings;
  private final PageTurns turns;

  MessagePages(Rooms rooms, FrameWriter frames, OutboundSettings settings, PageTurns turns) {
    this.rooms = rooms;
    this.frames = frames;
    this.settings = settings;
    this.turns = turns;
  }

  /// The places `from` to `to` of a log, both included; none if `to` < `from`. A page with too many
  /// bytes keeps the places next to `anchor`, which is one of them.
  public record Places(long from, long to, long anchor) {

    /// The newest `limit` places before one. `last` is the newest place of the log, here and below.
    public static Places before(long place, int limit, long last) {
      long to = Math.clamp(place, 1, last + 1) - 1;
      return new Places(Math.max(1, to - limit + 1), to, to);
    }

    /// The oldest `limit` places after one.
    public static Places after(long place, int limit, long last) {
      long from = Math.clamp(place, 0, last) + 1;
      return new Places(from, Math.min(last, from + limit - 1), from);
    }

    /// `limit` places with this one in the middle, if the log goes so far.
    public static Places around(long place, int limit, long last) {
      long middle = Math.clamp(place, Math.min(1, last), last);
      long to = Math.min(last, Math.max(1, middle - limit / 2) + limit - 1);
      return new Places(Math.max(1, to - limit + 1), to, middle);
    }

    private Places half() {
      return new Places(anchor - (anchor - from) / 2, anchor + (to - anchor) / 2, anchor);
    }

    private boolean has(long seq) {
      return seq >= from && seq <= to;
    }

    /// The page of these places. What it has not and answers is in `found` or in `quoted`, if it is
    /// in the room.
    private MessagePage page(List<CurrentEntry> found, List<CurrentEntry> quoted, long last) {
      List<CurrentEntry> kept = found.stream().filter(each -> has(each.entry().seq())).toList();
      Set<Long> answered = answeredElsewhere(kept);
      return new MessagePage(
          kept,
          Stream.concat(quoted.stream(), found.stream())
              .filter(each -> answered.contains(each.entry().seq()))
              .sorted(Comparator.comparingLong(each -> each.entry().seq()))
              .toList(),
          from,
          to,
          last);
    }

    /// The messages that entries answer and that are at other places.
    private Set<Long> answeredElsewhere(List<CurrentEntry> entries) {
      Set<Long> answered = new HashSet<>();
      for (CurrentEntry each : entries) {
        if (each.entry().content() instanceof Entry.Message message
            && message.replyTo() != null
            && !has(message.replyTo())) {
          answered.add(message.replyTo());
        }
      }
      return answered;
    }
  }

  /// Reads a page when it is its turn.
  ///
  /// @param places the places of a log whose newest one is given
  /// @param encode makes the answer; it is called again if that has more than `bytesMax` bytes
  public ByteBuffer read(
      RoomId roomId,
      PersonId reader,
      LongFunction<Places> places,
      int bytesMax,
      Function<MessagePage, ByteBuffer> encode) {
    return turns.take(() -> page(roomId, reader, places, bytesMax, encode));
  }

  /// Reads one message. Throws `message-not-found`, too.
  public CurrentEntry message(RoomId roomId, PersonId reader, long seq) {
    member(roomId, reader);
    CurrentEntry message = rooms.message(roomId, reader, seq);
    member(roomId, reader);
    return message;
  }

  /// Reads, when it is its turn, the messages behind a place that answer one and are not deleted:
  /// as many as [FrameWriter#writeFirst] lets into so many bytes. Throws `message-not-found`, too.
  public byte[] readReplies(
      RoomId roomId, PersonId reader, long origin, long after, int limit, int bytesMax) {
    return turns.take(() -> {
      message(roomId, reader, origin);
      // One message more than the limit shows whether there are more.
      List<CurrentEntry> found = rooms.replies(roomId, reader, origin, after, limit + 1);
      member(roomId, reader);
      return frames.writeFirst(found, limit, bytesMax);
    });
  }

  /// Reads the pinned messages, the newest pin first, when it is their turn: as many as
  /// [FrameWriter#writeFirst] lets into so many bytes.
  public byte[] pinned(RoomId roomId, PersonId reader, int bytesMax) {
    return turns.take(() -> {
      member(roomId, reader);
      List<CurrentEntry> pinned = rooms.pinned(roomId, reader);
      member(roomId, reader);
      return frames.writeFirst(pinned, pinned.size(), bytesMax);
    });
  }

  /// Reads the first people who reacted to a message with each emoji, in their order.
  public Map<String, List<PersonId>> reactedBy(
      RoomId roomId, PersonId reader, CurrentEntry message) {
    Map<String, List<PersonId>> people = rooms.reactedBy(roomId, message);
    member(roomId, reader);
    return people;
  }

  /// Sends the page that a frame asks for, once the connection has read most of what was sent
  /// before. Throws `service-unavailable` if too much waits to be sent.
  void send(Connection connection, ClientFrame.History history) {
    SendQueue queue = connection.sendQueue();
    if (!queue.awaitSpace()) {
      return;
    }
    queue.send(
        turns.take(() -> {
          if (!queue.hasSpace(settings.messageMaxBytes())) {
            throw new ProblemException(
                ProblemType.SERVICE_UNAVAILABLE, "Too much waits to be sent. Ask again soon.");
          }
          return page(
              history.roomId(),
              connection.person().personId(),
              last -> Places.before(history.before(), history.limit(), last),
              settings.messageMaxBytes(),
              page ->
                  frames.write(
                      new ServerFrame.History(history.requestId(), history.roomId(), page)));
        }));
  }

  private ByteBuffer page(
      RoomId roomId,
      PersonId reader,
      LongFunction<Places> places,
      int bytesMax,
      Function<MessagePage, ByteBuffer> encode) {
    long last = member(roomId, reader).lastSeq();
    Places kept = places.apply(last);
    List<CurrentEntry> found = rooms.currentEntries(roomId, reader, kept.from(), kept.to());
    List<CurrentEntry> quoted = rooms.currentEntries(roomId, reader, kept.answeredElsewhere(found));
    member(roomId, reader);
    ByteBuffer answer = encode.apply(kept.page(found, quoted, last));
    while (answer.remaining() > bytesMax && kept.from() < kept.to()) {
      kept = kept.half();
      answer = encode.apply(kept.page(found, quoted, last));
    }
    return answer;
  }

  private Room member(RoomId roomId, PersonId personId) {
    Room room = rooms.get(roomId, personId);
    if (!room.member()) {
      throw new ProblemException(ProblemType.ROOM_NOT_FOUND);
    }
    return room;
  }
}
