package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;
import org.jspecify.annotations.Nullable;

/// A room as one person sees it; `role` is that person's, or null if they are not a member.
///
/// @param lastReadSeq up to where that person has read it, if they are a member
/// @param unread how much that person has not read, as far as it is counted
public record Room(
    RoomId roomId,
    String name,
    String topic,
    Visibility visibility,
    @Nullable Role role,
    long lastSeq,
    int memberCount,
    long lastReadSeq,
    int unread) {

  /// Whether that person is a member.
  public boolean member() {
    return role != null;
  }

  /// Whether that person may know that the room exists.
  boolean visible() {
    return member() || visibility == Visibility.PUBLIC;
  }
}
