package io.tercet.chat.room;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.Visibility;

/// A room as one person sees it: `member` says whether they are in it.
public record Room(
    RoomId roomId,
    String name,
    String topic,
    Visibility visibility,
    boolean member,
    long lastSeq,
    int memberCount) {

  /// Whether that person may know of it at all.
  boolean visible() {
    return member || visibility == Visibility.PUBLIC;
  }
}
