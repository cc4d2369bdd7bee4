package io.tercet.chat.log;

import org.jspecify.annotations.Nullable;

/// An entry as it is now: with the later entries that changed it.
///
/// @param entry as it is in the log; it concerns no other entry
/// @param edit the newest [Entry.Edited] of a message
/// @param deletion the [Entry.Deleted] of a message
/// @param replies how many messages answer a message and are not deleted
public record CurrentEntry(
    Entry entry, @Nullable Entry edit, @Nullable Entry deletion, int replies) {

  /// The `seq` of the entry that gave the text.
  public long version() {
    return edit == null ? entry.seq() : edit.seq();
  }
}
