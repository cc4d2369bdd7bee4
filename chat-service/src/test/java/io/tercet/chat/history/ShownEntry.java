package io.tercet.chat.history;

import tools.jackson.databind.JsonNode;

/// An entry as it is now: `entry` has the text of the entry `version`, or `""` if the message is
/// deleted.
public record ShownEntry(LogEntry entry, long version, boolean deleted) {

  /// An entry that nobody changed.
  static ShownEntry of(LogEntry entry) {
    return new ShownEntry(entry, entry.seq(), false);
  }

  /// The entry of a page that has entries as they are now, or the answer to an edit.
  public static ShownEntry of(JsonNode json) {
    LogEntry entry = LogEntry.of(json);
    return entry.isMessage()
        ? new ShownEntry(entry, json.get("version").longValue(), json.has("deleted"))
        : of(entry);
  }

  long seq() {
    return entry.seq();
  }

  /// With what another reading, or a later entry of the log, says of it.
  ShownEntry merge(ShownEntry other) {
    ShownEntry newer = other.version > version ? other : this;
    boolean gone = deleted || other.deleted;
    return new ShownEntry(gone ? entry.withText("") : newer.entry, newer.version, gone);
  }
}
