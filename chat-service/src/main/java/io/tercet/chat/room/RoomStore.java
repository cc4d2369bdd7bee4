package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.util.List;
import java.util.Optional;

/// Reads rooms and memberships; they change only through the log.
public interface RoomStore {

  Optional<Room> find(RoomId roomId, PersonId viewer);

  /// Whether a person created the room.
  boolean isCreator(RoomId roomId, PersonId personId);

  Optional<RoomId> findPublic(String nameKey);

  /// At most `limit` rooms by name: those of the viewer first, then public ones.
  List<Room> list(PersonId viewer, int limit);

  /// At most `limit` members, in no order.
  List<PersonId> members(RoomId roomId, int limit);

  /// Gives at most `limit` public rooms that are older than the table of skeletons their key and
  /// their skeletons, the oldest room first. The number of rooms; 0 when there are no more.
  int adoptNames(int limit);
}
