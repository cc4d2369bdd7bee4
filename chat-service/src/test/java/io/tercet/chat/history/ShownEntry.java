package io.tercet.chat.history;

import tools.jackson.databind.JsonNode;

/// An entry as it is now: `entry` has the text of the entry `version`, or `""` if the message is
/// deleted; `marks` is what the message has beside it.
public record ShownEntry(LogEntry entry, long version, boolean deleted, Marks marks) {

  /// An entry that nobody changed.
  static ShownEntry of(LogEntry entry) {
    return new ShownEntry(entry, entry.seq(), false, Marks.none(entry.seq()));
  }

  /// The entry of a page that has entries as they are now, or the answer to an edit.
  public static ShownEntry of(JsonNode json) {
    LogEntry entry = LogEntry.of(json);
    return entry.isMessage()
        ? new ShownEntry(
            entry, json.get("version").longValue(), json.has("deleted"), Marks.of(json))
        : of(entry);
  }

  /// Its place in the log.
  public long seq() {
    return entry.seq();
  }

  /// With what another reading, or a later entry of the log, says of it.
  ShownEntry merge(ShownEntry other) {
    ShownEntry newer = other.version > version ? other : this;
    boolean gone = deleted || other.deleted;
    return new ShownEntry(
        gone ? entry.withText("") : newer.entry,
        newer.version,
        gone,
        marks.asOf() >= other.marks.asOf() ? marks : other.marks);
  }

  ShownEntry with(Marks other) {
    return new ShownEntry(entry, version, deleted, other);
  }
}
