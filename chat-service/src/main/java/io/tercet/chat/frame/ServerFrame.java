package io.tercet.chat.frame;

import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.people.card.Card;
import io.tercet.chat.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A frame to a client, as contracts/chat/frames.md lists it.
public sealed interface ServerFrame {

  /// The first frame of a connection. `editTime` is for how long people change what they sent;
  /// zero: always.
  record Welcome(
      Person person, Instant serverTime, int textCharactersMax, Duration editTime, String logEpoch)
      implements ServerFrame {}

  /// The entries behind `after` follow; `last` was the newest then.
  record Subscribed(String requestId, RoomId roomId, long after, long last)
      implements ServerFrame {}

  /// The subscription ended, as asked.
  record Unsubscribed(String requestId, RoomId roomId) implements ServerFrame {}

  /// One entry of a subscribed room.
  record NewEntry(RoomId roomId, Entry entry) implements ServerFrame {}

  /// The message of a `post` is durable.
  record Acknowledged(
      String requestId, RoomId roomId, String clientMessageId, long seq, Instant sentAt)
      implements ServerFrame {}

  /// The page that a `history` asked for.
  record History(String requestId, RoomId roomId, MessagePage page) implements ServerFrame {}

  /// How many people are present in a room, and those who are present longest.
  record Presence(RoomId roomId, int count, List<Person> here) implements ServerFrame {}

  /// How many people are present in a room now, and who came and went since the last such frame.
  record PresenceChanged(RoomId roomId, int count, List<Person> arrived, List<Person> departed)
      implements ServerFrame {}

  /// The person joined or left a room, or an invitation to them, or of them, came or ended.
  record RoomsChanged() implements ServerFrame {}

  /// Somebody has another card.
  record PersonChanged(Card card) implements ServerFrame {}

  /// The person has read the room up to there.
  record Read(RoomId roomId, long lastReadSeq) implements ServerFrame {}

  /// The connection is too slow: the subscription ended after this entry.
  record Behind(RoomId roomId, long after) implements ServerFrame {}

  /// The answer to `ping`.
  record Pong(String requestId) implements ServerFrame {}

  /// A frame was refused.
  record Failure(@Nullable String requestId, ProblemException problem) implements ServerFrame {}
}
