package io.tercet.chat.history;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An entry of a room's log, as a client got it or as the database has it. `id` is that of a
/// message, `text` that of a message or an edit, and `target` the message that an edit or a
/// deletion concerns (otherwise 0).
public record LogEntry(
    long seq, String kind, String person, @Nullable String id, @Nullable String text, long target) {

  static final String MESSAGE = "message";
  static final String EDITED = "edited";
  static final String DELETED = "deleted";
  static final String JOINED = "joined";
  static final String LEFT = "left";

  /// A message.
  public static LogEntry message(long seq, String person, String id, String text) {
    return new LogEntry(seq, MESSAGE, person, id, text, 0);
  }

  /// A message has another text.
  public static LogEntry edited(long seq, String person, long target, String text) {
    return new LogEntry(seq, EDITED, person, null, text, target);
  }

  /// A message is deleted.
  public static LogEntry deleted(long seq, String person, long target) {
    return new LogEntry(seq, DELETED, person, null, null, target);
  }

  /// A person became a member.
  public static LogEntry joined(long seq, String person) {
    return new LogEntry(seq, JOINED, person, null, null, 0);
  }

  /// A person is no longer a member.
  public static LogEntry left(long seq, String person) {
    return new LogEntry(seq, LEFT, person, null, null, 0);
  }

  /// The entry of an `entry` frame, or of a page.
  public static LogEntry of(JsonNode json) {
    long seq = json.get("seq").longValue();
    String person = json.get("personId").stringValue();
    String kind = json.get("kind").stringValue();
    return switch (kind) {
      case MESSAGE ->
          message(
              seq,
              person,
              json.get("clientMessageId").stringValue(),
              json.get("text").stringValue());
      case EDITED -> {
        JsonNode edit = json.get(EDITED);
        yield edited(
            seq, person, edit.get("targetSeq").longValue(), edit.get("text").stringValue());
      }
      case DELETED -> deleted(seq, person, json.get(DELETED).get("targetSeq").longValue());
      default -> new LogEntry(seq, kind, person, null, null, 0);
    };
  }

  LogEntry withText(@Nullable String other) {
    return new LogEntry(seq, kind, person, id, other, target);
  }

  boolean isMessage() {
    return kind.equals(MESSAGE);
  }

  boolean isEdit() {
    return kind.equals(EDITED);
  }

  boolean isDeletion() {
    return kind.equals(DELETED);
  }

  /// Whether it concerns an earlier entry.
  boolean isChange() {
    return isEdit() || isDeletion();
  }

  /// Whether its text was removed.
  boolean isBlank() {
    return (isMessage() || isEdit()) && "".equals(text);
  }

  boolean isMembershipOf(String other) {
    return person.equals(other) && (kind.equals(JOINED) || kind.equals(LEFT));
  }
}
