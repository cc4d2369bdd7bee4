package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.reading.Unread;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads rooms, memberships and who reacted to messages; they change only through the log.
public interface RoomStore {

  Optional<Room> find(RoomId roomId, PersonId viewer);

  /// Whether a person created the room.
  boolean isCreator(RoomId roomId, PersonId personId);

  Optional<RoomId> findPublic(String nameKey);

  /// At most `limit` rooms of which the viewer is a member, in the order of joining.
  List<ListedRoom> own(PersonId viewer, RoomCursor.Own after, int limit);

  /// At most `limit` public rooms by folded name.
  List<ListedRoom> ofPublic(PersonId viewer, RoomCursor.Public after, int limit);

  /// At most `limit` public rooms of which a word begins so: by that word, a whole name before a
  /// later word of another name. `beginning` is what [io.tercet.chat.text.Words#beginning] makes of what was typed.
  List<ListedRoom> search(PersonId viewer, String beginning, RoomCursor.Found after, int limit);

  /// What a member has not read; empty for others.
  Optional<Unread> unread(RoomId roomId, PersonId viewer);

  /// At most `limit` members, in no order.
  List<PersonId> members(RoomId roomId, int limit);

  /// Who reacted to a message with each of these emoji: the first `peopleMax`, in their order.
  Map<String, List<PersonId>> reactedBy(
      RoomId roomId, long seq, Collection<String> emoji, int peopleMax);

  /// Gives at most `limit` public rooms that are older than the tables of skeletons and of words
  /// their key, skeletons and words, the oldest room first. The number of rooms; 0 when there are
  /// no more.
  int adoptNames(int limit);
}
