package io.tercet.chat.frame;

import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Person;
import io.tercet.chat.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client is told, as contracts/chat/frames.md lists it.
public sealed interface ServerFrame {

  /// Comes first, once.
  record Welcome(Person person, Instant serverTime, int textCharactersMax) implements ServerFrame {}

  /// The entries behind `after` follow; `last` was the newest then.
  record Subscribed(String requestId, RoomId roomId, long after, long last)
      implements ServerFrame {}

  /// As asked.
  record Unsubscribed(String requestId, RoomId roomId) implements ServerFrame {}

  /// One entry of a subscribed room.
  record NewEntry(RoomId roomId, Entry entry) implements ServerFrame {}

  /// The message is durable.
  record Acknowledged(
      String requestId, RoomId roomId, String clientMessageId, long seq, Instant sentAt)
      implements ServerFrame {}

  /// What was asked for, ascending; `more` if there is something before it.
  record History(String requestId, RoomId roomId, List<Entry> entries, boolean more)
      implements ServerFrame {}

  /// Who is here.
  record Presence(RoomId roomId, List<Person> here) implements ServerFrame {}

  /// Somebody's first socket in the room opened.
  record Arrived(RoomId roomId, Person person) implements ServerFrame {}

  /// Somebody's last socket in the room closed.
  record Departed(RoomId roomId, Person person) implements ServerFrame {}

  /// The person's memberships are not what they were.
  record RoomsChanged() implements ServerFrame {}

  /// This socket could not keep up: the room is no longer subscribed.
  record Behind(RoomId roomId, long after) implements ServerFrame {}

  /// Yes.
  record Pong(String requestId) implements ServerFrame {}

  /// The frame was not carried out.
  record Failure(@Nullable String requestId, ProblemType problem, String detail)
      implements ServerFrame {}
}
