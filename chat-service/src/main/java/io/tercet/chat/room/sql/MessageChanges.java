package io.tercet.chat.room.sql;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.problem.ProblemType;
import io.tercet.chat.room.MessageRules;
import io.tercet.chat.room.MessageSettings;
import io.tercet.chat.room.Role;
import io.tercet.chat.room.RoomPermissions;
import io.tercet.chat.room.sql.Reactions.Reaction;
import io.tercet.chat.room.sql.message.DeletedMessages;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Messages that are answered, edited, deleted, reacted to and pinned during one transaction of the
/// log.
///
/// It reads the messages that a batch names before the first command, decides about each command,
/// remembers what the batch appends, and writes what follows from it at the end: the rows of
/// `message_now`, those of [Reactions], and empty texts for what is deleted. So there are as many
/// statements for one command as for many, and none if a batch neither changes a message nor
/// answers one.
///
/// Confined to the thread and the transaction that made it.
final class MessageChanges {

  private static final CommandResult UNCHANGED = new CommandResult.Unchanged();

  private final JdbcClient client;
  private final EntryRowMapper rows;
  private final RoomPermissions permissions;
  private final int editsMax;
  private final Instant now;
  private final Reactions reactions;
  private final Pins pins;
  private final Set<Place> asked = new LinkedHashSet<>();
  private final Map<Place, Message> messages = new HashMap<>();
  private final Set<Place> changed = new LinkedHashSet<>();
  private final Set<Place> deleted = new LinkedHashSet<>();
  private final ReplyCounts replies;

  /// A place in the log of a room.
  record Place(RoomId roomId, long seq) {

    Object[] key() {
      return new Object[] {roomId.toString(), seq};
    }
  }

  private static final class Message {

    private final PersonId author;
    private final Instant sentAt;
    private final @Nullable Long replyTo;
    private final Map<String, Integer> reactions = new LinkedHashMap<>();
    private String text;
    private int edits;
    private @Nullable Long editedSeq;
    private @Nullable Long deletedSeq;
    private @Nullable Long pinnedSeq;
    private boolean hasFiles;

    Message(PersonId author, Instant sentAt, String text, @Nullable Long replyTo) {
      this.author = author;
      this.sentAt = sentAt;
      this.text = text;
      this.replyTo = replyTo;
    }

    boolean isOf(PersonId person) {
      return author.equals(person);
    }

    void edit(long seq, String newText) {
      text = newText;
      edits++;
      editedSeq = seq;
    }

    void delete(long seq) {
      text = "";
      deletedSeq = seq;
      reactions.clear();
      pinnedSeq = null;
    }
  }

  MessageChanges(JdbcClient client, EntryRowMapper rows, MessageSettings settings, Instant now) {
    this.client = client;
    this.rows = rows;
    this.permissions = new RoomPermissions(settings);
    this.editsMax = settings.editsMax();
    this.now = now;
    this.reactions = new Reactions(client);
    this.replies = new ReplyCounts(client);
    this.pins = new Pins(client);
  }

  /// Reads the messages that these commands name. Each is one step into the index of `entry`, one
  /// into `message_now`, and one to its newest edit: see [LogTransaction].
  void read(List<LogCommand> commands) {
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.MessageChange change) {
        asked.add(new Place(change.roomId(), change.targetSeq()));
      } else if (command instanceof LogCommand.Post post && post.replyTo() != null) {
        asked.add(new Place(post.roomId(), post.replyTo()));
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            SELECT entry.room_id, entry.seq, entry.person_id, entry.sent_at, entry.body,
              entry.reply_to, entry.files IS NOT NULL AS has_files,
              changed.edits, changed.edited_seq, changed.deleted_seq, changed.reactions,
              changed.pinned_seq, edit.body AS edit_body
            FROM (VALUES :asked) AS asked CROSS JOIN entry
            LEFT JOIN message_now AS changed
              ON changed.room_id = entry.room_id AND changed.seq = entry.seq
            LEFT JOIN entry AS edit
              ON edit.room_id = changed.room_id AND edit.seq = changed.edited_seq
            WHERE entry.room_id = asked.column1 AND entry.seq = asked.column2
              AND entry.kind = 'message'
            """)
        .param("asked", keys(asked))
        .query(row -> {
          Place place = new Place(RoomId.of(row.getString("room_id")), row.getLong("seq"));
          messages.put(place, message(row));
        });
    reactions.read(commands);
    pins.read(commands);
  }

  private Message message(ResultSet row) throws SQLException {
    String edit = row.getString("edit_body");
    Message message =
        new Message(
            PersonId.of(row.getString("person_id")),
            Instant.ofEpochMilli(row.getLong("sent_at")),
            edit == null ? row.getString("body") : rows.edited(edit).text(),
            EntryRowMapper.place(row, "reply_to"));
    message.hasFiles = row.getBoolean("has_files");
    message.edits = row.getInt("edits");
    message.editedSeq = EntryRowMapper.place(row, "edited_seq");
    message.deletedSeq = EntryRowMapper.place(row, "deleted_seq");
    message.pinnedSeq = EntryRowMapper.place(row, "pinned_seq");
    message.reactions.putAll(rows.counts(row.getString("reactions")));
    return message;
  }

  /// The result of a member's message that appends nothing; null for one that is appended.
  @Nullable CommandResult withoutEntry(LogCommand.Post post) {
    if (post.replyTo() == null) {
      return null;
    }
    Message origin = messages.get(new Place(post.roomId(), post.replyTo()));
    if (origin == null) {
      return refused(ProblemType.MESSAGE_NOT_FOUND);
    }
    return origin.deletedSeq == null ? null : refused(ProblemType.MESSAGE_DELETED);
  }

  /// The result of a member's command that appends nothing; null for one that appends an entry.
  @Nullable CommandResult withoutEntry(LogCommand.MessageChange change, Role role) {
    Message message = messages.get(new Place(change.roomId(), change.targetSeq()));
    if (message == null) {
      return refused(ProblemType.MESSAGE_NOT_FOUND);
    }
    return switch (change) {
      case LogCommand.Edit edit -> withoutEdit(edit, message);
      case LogCommand.Delete delete -> withoutDeletion(delete, role, message);
      case LogCommand.React react -> withoutReaction(react, message);
      case LogCommand.Unreact unreact ->
          reactions.contains(reaction(unreact, unreact.emoji())) ? null : UNCHANGED;
      case LogCommand.Pin pin -> withoutPin(pin, message);
      case LogCommand.Unpin unpin -> withoutUnpin(unpin, message);
    };
  }

  private @Nullable CommandResult withoutEdit(LogCommand.Edit edit, Message message) {
    if (message.deletedSeq != null) {
      return refused(ProblemType.MESSAGE_DELETED);
    }
    ProblemType forbidden =
        permissions.toEdit(message.isOf(edit.person().personId()), age(message));
    if (forbidden != null) {
      return refused(forbidden);
    }
    // First of all it may be a repeat, after an answer that was lost.
    if (message.text.equals(edit.text())) {
      return UNCHANGED;
    }
    if (edit.text().isEmpty() && !message.hasFiles) {
      return refused(ProblemType.MESSAGE_EMPTY);
    }
    long version = message.editedSeq == null ? edit.targetSeq() : message.editedSeq;
    if (edit.version() != null && edit.version() != version) {
      return refused(ProblemType.PRECONDITION_FAILED);
    }
    return message.edits < editsMax ? null : refused(ProblemType.TOO_MANY_EDITS);
  }

  private @Nullable CommandResult withoutDeletion(
      LogCommand.Delete delete, Role role, Message message) {
    ProblemType forbidden =
        permissions.toDelete(role, message.isOf(delete.person().personId()), age(message));
    if (forbidden != null) {
      return refused(forbidden);
    }
    return message.deletedSeq == null ? null : UNCHANGED;
  }

  private @Nullable CommandResult withoutReaction(LogCommand.React react, Message message) {
    if (message.deletedSeq != null) {
      return refused(ProblemType.MESSAGE_DELETED);
    }
    if (reactions.contains(reaction(react, react.emoji()))) {
      return UNCHANGED;
    }
    return message.reactions.containsKey(react.emoji())
            || message.reactions.size() < MessageRules.REACTIONS_MAX
        ? null
        : refused(ProblemType.TOO_MANY_REACTIONS);
  }

  private @Nullable CommandResult withoutPin(LogCommand.Pin pin, Message message) {
    ProblemType forbidden = permissions.toPin(pin.person());
    if (forbidden != null) {
      return refused(forbidden);
    }
    if (message.deletedSeq != null) {
      return refused(ProblemType.MESSAGE_DELETED);
    }
    if (message.pinnedSeq != null) {
      return UNCHANGED;
    }
    return pins.isFull(pin.roomId()) ? refused(ProblemType.TOO_MANY_PINS) : null;
  }

  private @Nullable CommandResult withoutUnpin(LogCommand.Unpin unpin, Message message) {
    ProblemType forbidden = permissions.toPin(unpin.person());
    if (forbidden != null) {
      return refused(forbidden);
    }
    return message.pinnedSeq == null ? UNCHANGED : null;
  }

  private static Reaction reaction(LogCommand.MessageChange change, String emoji) {
    return new Reaction(
        new Place(change.roomId(), change.targetSeq()), change.person().personId(), emoji);
  }

  private Duration age(Message message) {
    return Duration.between(message.sentAt, now);
  }

  private static CommandResult refused(ProblemType type) {
    return new CommandResult.Rejected(type, type.title());
  }

  /// Remembers an entry that the batch appends.
  void appended(RoomId roomId, Entry entry) {
    switch (entry.content()) {
      case Entry.Message sent -> {
        Place place = new Place(roomId, entry.seq());
        if (asked.contains(place)) {
          Message message = new Message(entry.personId(), now, sent.text(), sent.replyTo());
          message.hasFiles = !sent.files().isEmpty();
          messages.put(place, message);
        }
        replies.add(roomId, sent.replyTo(), 1);
      }
      case Entry.Edited(long targetSeq, String text) ->
          change(new Place(roomId, targetSeq)).edit(entry.seq(), text);
      case Entry.Deleted(long targetSeq) -> delete(new Place(roomId, targetSeq), entry.seq());
      case Entry.Reacted(long targetSeq, String emoji) -> {
        Place place = new Place(roomId, targetSeq);
        Reactions.count(change(place).reactions, emoji);
        reactions.add(new Reaction(place, entry.personId(), emoji), entry.seq());
      }
      case Entry.Unreacted(long targetSeq, String emoji) -> {
        Place place = new Place(roomId, targetSeq);
        Reactions.uncount(change(place).reactions, emoji);
        reactions.remove(new Reaction(place, entry.personId(), emoji));
      }
      case Entry.Pinned(long targetSeq) -> {
        change(new Place(roomId, targetSeq)).pinnedSeq = entry.seq();
        pins.add(roomId);
      }
      case Entry.Unpinned(long targetSeq) -> {
        change(new Place(roomId, targetSeq)).pinnedSeq = null;
        pins.remove(roomId);
      }
      default -> {}
    }
  }

  private void delete(Place place, long seq) {
    Message message = change(place);
    if (!message.reactions.isEmpty()) {
      reactions.end(place);
    }
    if (message.pinnedSeq != null) {
      pins.remove(place.roomId());
    }
    message.delete(seq);
    deleted.add(place);
    replies.add(place.roomId(), message.replyTo, -1);
  }

  /// The message at a place, which is about to change. A command about no message appends nothing.
  private Message change(Place place) {
    changed.add(place);
    return Objects.requireNonNull(messages.get(place));
  }

  /// Writes what follows from the entries of the batch, which are there.
  void write() {
    writeChanged();
    replies.write();
    reactions.write();
    if (!deleted.isEmpty()) {
      DeletedMessages.blank(client, keys(deleted));
    }
  }

  private void writeChanged() {
    List<@Nullable Object[]> values = new ArrayList<>(changed.size());
    for (Place place : changed) {
      Message message = Objects.requireNonNull(messages.get(place));
      values.add(
          new @Nullable Object[] {
            place.roomId().toString(),
            place.seq(),
            message.edits,
            message.editedSeq,
            message.deletedSeq,
            rows.reactions(message.reactions),
            message.pinnedSeq
          });
    }
    if (!values.isEmpty()) {
      client
          .sql(
              """
              INSERT INTO message_now
                (room_id, seq, edits, edited_seq, deleted_seq, reactions, pinned_seq)
              VALUES :values
              ON CONFLICT (room_id, seq) DO UPDATE SET edits = excluded.edits,
                edited_seq = excluded.edited_seq, deleted_seq = excluded.deleted_seq,
                reactions = excluded.reactions, pinned_seq = excluded.pinned_seq
              """)
          .param("values", values)
          .update();
    }
  }

  private static List<Object[]> keys(Set<Place> places) {
    return places.stream().map(Place::key).toList();
  }
}
