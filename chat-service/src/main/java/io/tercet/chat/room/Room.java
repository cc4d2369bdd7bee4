package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.reading.Unread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A room as one person sees it; `role` is that person's, or null if they are not a member.
///
/// @param lastReadSeq up to where that person has read it, if they are a member
/// @param unread how much that person has not read, as far as it is counted
/// @param people everybody in a direct conversation, also who is no member yet; empty for any other
///     room. The name of a direct conversation is the names of the others
public record Room(
    RoomId roomId,
    String name,
    String topic,
    Visibility visibility,
    @Nullable Role role,
    long lastSeq,
    int memberCount,
    long lastReadSeq,
    int unread,
    List<PersonId> people) {

  public Room {
    people = List.copyOf(people);
  }

  /// A room that is no direct conversation.
  public Room(
      RoomId roomId,
      String name,
      String topic,
      Visibility visibility,
      @Nullable Role role,
      long lastSeq,
      int memberCount,
      long lastReadSeq,
      int unread) {
    this(
        roomId,
        name,
        topic,
        visibility,
        role,
        lastSeq,
        memberCount,
        lastReadSeq,
        unread,
        List.of());
  }

  /// Whether that person is a member.
  public boolean member() {
    return role != null;
  }

  /// The same room with what that person has not read of it, when this was so.
  public Room with(Unread now) {
    return new Room(
        roomId,
        name,
        topic,
        visibility,
        role,
        now.lastSeq(),
        memberCount,
        now.lastReadSeq(),
        now.count(),
        people);
  }

  /// Whether this is a direct conversation.
  public boolean isDirect() {
    return !people.isEmpty();
  }

  /// Whether that person may know that the room exists.
  boolean visible() {
    return member() || visibility == Visibility.PUBLIC;
  }
}
