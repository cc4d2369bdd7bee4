package io.tercet.chat.history;

import org.jspecify.annotations.Nullable;

/// An entry of a room's log, as a client got it or as the database has it. `id` and `text` are
/// those of a message.
public record LogEntry(
    long seq, String kind, String person, @Nullable String id, @Nullable String text) {

  static final String MESSAGE = "message";
  static final String JOINED = "joined";
  static final String LEFT = "left";

  /// A message.
  public static LogEntry message(long seq, String person, String id, String text) {
    return new LogEntry(seq, MESSAGE, person, id, text);
  }

  /// A person became a member.
  public static LogEntry joined(long seq, String person) {
    return new LogEntry(seq, JOINED, person, null, null);
  }

  /// A person is no longer a member.
  public static LogEntry left(long seq, String person) {
    return new LogEntry(seq, LEFT, person, null, null);
  }

  boolean isMessage() {
    return kind.equals(MESSAGE);
  }

  boolean isMembershipOf(String other) {
    return person.equals(other) && (kind.equals(JOINED) || kind.equals(LEFT));
  }

  boolean isLeavingOf(String other) {
    return kind.equals(LEFT) && person.equals(other);
  }
}
