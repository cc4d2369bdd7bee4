package io.tercet.chat.hint;

import java.util.UUID;

/// Something that changed in the database, without its content.
public sealed interface Hint {

  /// The log of a room has entries up to `seq`.
  record RoomReached(UUID roomId, long seq) implements Hint {}

  /// Who is here in a room changed on the replica that says so.
  record PresenceChanged(UUID roomId) implements Hint {}

  /// A person joined or left a room, or an invitation to or of them came or ended.
  record PersonChanged(UUID personId) implements Hint {}

  /// A person read rooms: places of theirs moved after this version, which rises with each write.
  record PlacesMoved(UUID personId, long after) implements Hint {}

  /// The card of a person changed: display name, picture, status or time zone.
  record CardChanged(UUID personId) implements Hint {}

  /// A session of a person ended.
  record SessionEnded(UUID personId, UUID sessionId) implements Hint {}
}
