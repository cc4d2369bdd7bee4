package io.tercet.chat.room.mention;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import java.util.List;
import java.util.Optional;

/// Knows who is present in a room. Threading: any thread; it does not wait.
@FunctionalInterface
public interface Attendance {

  /// The people who are present, in no order; empty if they are more than `max`. Where nobody
  /// listens to the room at this replica, it knows of nobody.
  Optional<List<PersonId>> present(RoomId roomId, int max);
}
