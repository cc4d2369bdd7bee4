package io.tercet.chat.presence;

import io.tercet.chat.people.Person;
import io.tercet.chat.people.PersonId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Keeps who is present in each room, by the life of the replica that says so.
///
/// Nothing here blocks. What fails, fails the stage.
interface PresenceStore {

  /// What one life changes in a room: who is here now, and who is not.
  record Change(UUID roomId, String life, Collection<Person> here, Collection<PersonId> gone) {}

  /// The people of a room by life, and how many more there are.
  record Known(Map<String, Map<PersonId, Person>> byLife, int unread) {}

  /// Writes a change, and keeps the room for another while.
  CompletionStage<?> write(Change change);

  /// Keeps a room for another while; false if it is there no more.
  CompletionStage<Boolean> touch(UUID roomId);

  /// Reads at most about `max` people of a room.
  CompletionStage<Known> read(UUID roomId, int max);

  /// Removes what a life that does not count any more left behind.
  CompletionStage<?> remove(UUID roomId, String life, Collection<PersonId> people);
}
