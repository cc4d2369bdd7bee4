package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;

/// A room as one person sees it; `member` says whether that person is a member.
public record Room(
    RoomId roomId,
    String name,
    String topic,
    Visibility visibility,
    boolean member,
    long lastSeq,
    int memberCount) {

  /// Whether that person may know that the room exists.
  boolean visible() {
    return member || visibility == Visibility.PUBLIC;
  }
}
