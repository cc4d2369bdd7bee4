package io.tercet.chat.history;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// An entry of a room's log, as a client got it or as the database has it. `id` is that of a
/// message, `text` that of a message or an edit, or the emoji of a reaction, and `target` the
/// earlier message that it answers or concerns (otherwise 0).
public record LogEntry(
    long seq, String kind, String person, @Nullable String id, @Nullable String text, long target) {

  static final String MESSAGE = "message";
  public static final String EDITED = "edited";
  public static final String DELETED = "deleted";
  public static final String REACTED = "reacted";
  public static final String UNREACTED = "unreacted";
  public static final String PINNED = "pinned";
  public static final String UNPINNED = "unpinned";
  static final String FILE = "file";
  static final String JOINED = "joined";
  static final String LEFT = "left";

  /// A message.
  public static LogEntry message(long seq, String person, String id, String text) {
    return new LogEntry(seq, MESSAGE, person, id, text, 0);
  }

  /// A message that answers the message `target`.
  public static LogEntry reply(long seq, String person, String id, String text, long target) {
    return new LogEntry(seq, MESSAGE, person, id, text, target);
  }

  /// A message has another text.
  public static LogEntry edited(long seq, String person, long target, String text) {
    return new LogEntry(seq, EDITED, person, null, text, target);
  }

  /// A message is deleted.
  public static LogEntry deleted(long seq, String person, long target) {
    return new LogEntry(seq, DELETED, person, null, null, target);
  }

  /// A person reacted to a message.
  public static LogEntry reacted(long seq, String person, long target, String emoji) {
    return new LogEntry(seq, REACTED, person, null, emoji, target);
  }

  /// A person took a reaction back.
  public static LogEntry unreacted(long seq, String person, long target, String emoji) {
    return new LogEntry(seq, UNREACTED, person, null, emoji, target);
  }

  /// A message is pinned.
  public static LogEntry pinned(long seq, String person, long target) {
    return new LogEntry(seq, PINNED, person, null, null, target);
  }

  /// A message is not pinned any more.
  public static LogEntry unpinned(long seq, String person, long target) {
    return new LogEntry(seq, UNPINNED, person, null, null, target);
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
          reply(
              seq,
              person,
              json.get("clientMessageId").stringValue(),
              json.get("text").stringValue(),
              json.has("replyTo") ? json.get("replyTo").longValue() : 0);
      case EDITED, DELETED, REACTED, UNREACTED, PINNED, UNPINNED ->
          concerning(seq, person, kind, json.get(kind));
      default -> new LogEntry(seq, kind, person, null, null, 0);
    };
  }

  /// An entry that concerns an earlier one, with its details.
  public static LogEntry concerning(long seq, String person, String kind, JsonNode details) {
    String text =
        switch (kind) {
          case EDITED -> details.get("text").stringValue();
          case REACTED, UNREACTED -> details.get("emoji").stringValue();
          default -> null;
        };
    return new LogEntry(seq, kind, person, null, text, details.get("targetSeq").longValue());
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

  /// Whether it changes the text of an earlier message.
  boolean isChange() {
    return isEdit() || isDeletion();
  }

  /// Whether it changes what an earlier message has beside its text.
  boolean isMark() {
    return isReaction() || isPin();
  }

  boolean isReaction() {
    return kind.equals(REACTED) || kind.equals(UNREACTED);
  }

  boolean isPin() {
    return kind.equals(PINNED) || kind.equals(UNPINNED);
  }

  /// Whether it puts a mark there, and does not take it away.
  boolean isAddition() {
    return kind.equals(REACTED) || kind.equals(PINNED);
  }

  /// Whether a page has it as an entry, and not only in the message that it concerns.
  boolean isShown() {
    return kind.equals(PINNED) || (!isChange() && !isMark());
  }

  /// Whether others than its sender may have it unread.
  boolean isUnreadForOthers() {
    return isMessage() || kind.equals(FILE);
  }

  /// Whether its text was removed.
  boolean isBlank() {
    return (isMessage() || isEdit()) && "".equals(text);
  }

  /// Whether it has a text that its deletion removes.
  boolean hasText() {
    return (isMessage() || isEdit()) && !isBlank();
  }

  boolean isMembershipOf(String other) {
    return person.equals(other) && (kind.equals(JOINED) || kind.equals(LEFT));
  }
}
