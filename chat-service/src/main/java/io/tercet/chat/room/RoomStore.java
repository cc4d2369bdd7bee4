package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.util.List;
import java.util.Optional;

/// Reads rooms and memberships; they change only through the log.
public interface RoomStore {

  Optional<Room> find(RoomId roomId, PersonId asker);

  Optional<RoomId> findPublic(String nameKey);

  /// The asker's own rooms first, then public ones, by name; at most `limit`.
  List<Room> list(PersonId asker, int limit);

  /// In no order; at most `limit`.
  List<PersonId> members(RoomId roomId, int limit);
}
