package io.tercet.chat.log;

import io.tercet.chat.people.Name;
import io.tercet.chat.people.Person;
import org.jspecify.annotations.Nullable;

/// What the log's writer is asked to do, in the order it was asked.
public sealed interface LogCommand {

  RoomId roomId();

  /// Makes the room and its maker the first member; a room that comes with the house has no maker.
  record Create(
      RoomId roomId, @Nullable Person maker, Name name, String topic, Visibility visibility)
      implements LogCommand {}

  /// Makes somebody a member.
  record Join(RoomId roomId, Person person) implements LogCommand {}

  /// Ends a membership.
  record Leave(RoomId roomId, Person person) implements LogCommand {}

  /// Says something; only members may.
  record Post(RoomId roomId, Person person, String clientMessageId, String text)
      implements LogCommand {}

  /// Tells of a file; `eventId` makes a repeat harmless. Whether they are still a member does not
  /// matter: the file is there.
  record AddFile(RoomId roomId, Person person, String eventId, FileReference file)
      implements LogCommand {}
}
