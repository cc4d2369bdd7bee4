package io.tercet.chat.log;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry as it is now for one person: with what the later entries made of it.
///
/// @param entry as it is in the log; it concerns no other entry, or is an [Entry.Pinned]
/// @param edit the newest [Entry.Edited] of a message
/// @param deletion the [Entry.Deleted] of a message
/// @param reactions to a message, in the order of their first use
/// @param replies how many messages answer a message and are not deleted
/// @param pin the [Entry.Pinned] of a message that is pinned
/// @param asOf the newest `seq` of the log when this was so
public record CurrentEntry(
    Entry entry,
    @Nullable Entry edit,
    @Nullable Entry deletion,
    List<Reaction> reactions,
    int replies,
    @Nullable Entry pin,
    long asOf) {

  /// How many people reacted to a message with an emoji, and whether the viewer did.
  public record Reaction(String emoji, int count, boolean mine) {}

  /// The `seq` of the entry that gave the text.
  public long version() {
    return edit == null ? entry.seq() : edit.seq();
  }
}
