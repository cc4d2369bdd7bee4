package io.tercet.chat.room.sql;

import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Maps an entry to a row of the table `entry` and back. Immutable.
final class EntryRowMapper {

  private static final List<String> COLUMNS =
      List.of(
          "seq",
          "kind",
          "person_id",
          "person_name",
          "display_name",
          "sent_at",
          "client_message_id",
          "body",
          "reply_to");

  static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM entry ";

  /// The entries of a room from one place to another as they are now for a viewer, without those
  /// that concern an earlier one.
  static final String SELECT_CURRENT =
      selectCurrent("BETWEEN :from AND :to") + " ORDER BY entry.seq";

  /// The same for some places.
  static final String SELECT_CURRENT_AT = selectCurrent("IN (:seqs)") + " ORDER BY entry.seq";

  /// The messages that answer one and are not deleted. A deleted message has an empty text: the
  /// index `entry_reply` is without them. Whatever SQLite believes about the rows, only that index
  /// has both columns in this order.
  static final String SELECT_REPLIES =
      selectCurrent("> :after")
          + """
            AND (entry.reply_to, entry.seq) > (:origin, :after) AND entry.reply_to <= :origin
            AND entry.body <> ''
          ORDER BY entry.reply_to, entry.seq LIMIT :limit
          """;

  private static final String MESSAGE = "message";
  private static final String JOINED = "joined";
  private static final String LEFT = "left";
  private static final String FILE = "file";
  private static final String SITE = "site";
  private static final String EDITED = "edited";
  private static final String DELETED = "deleted";
  private static final String REACTED = "reacted";
  private static final String UNREACTED = "unreacted";

  private static final TypeReference<LinkedHashMap<String, Integer>> COUNTS =
      new TypeReference<>() {};

  private final JsonMapper json;

  EntryRowMapper(JsonMapper json) {
    this.json = json;
  }

  /// The values of one row, in the order of the columns in [EntryBatchInsert].
  @Nullable Object[] values(RoomId roomId, Entry entry, @Nullable String eventId) {
    String kind;
    String clientMessageId = null;
    String body = null;
    Long targetSeq = null;
    Long replyTo = null;
    switch (entry.content()) {
      case Entry.Message message -> {
        kind = MESSAGE;
        clientMessageId = message.clientMessageId();
        body = message.text();
        replyTo = message.replyTo();
      }
      case Entry.Joined joined -> kind = JOINED;
      case Entry.Left left -> kind = LEFT;
      case Entry.FileAdded arrived -> {
        kind = FILE;
        body = json.writeValueAsString(arrived.file());
      }
      case Entry.SiteChanged changed -> {
        kind = SITE;
        body = json.writeValueAsString(changed.site());
      }
      case Entry.Edited edited -> {
        kind = EDITED;
        body = json.writeValueAsString(edited);
        targetSeq = edited.targetSeq();
      }
      case Entry.Deleted deleted -> {
        kind = DELETED;
        body = json.writeValueAsString(deleted);
        targetSeq = deleted.targetSeq();
      }
      case Entry.Reacted reacted -> {
        kind = REACTED;
        body = json.writeValueAsString(reacted);
        targetSeq = reacted.targetSeq();
      }
      case Entry.Unreacted unreacted -> {
        kind = UNREACTED;
        body = json.writeValueAsString(unreacted);
        targetSeq = unreacted.targetSeq();
      }
      case Entry.Other other -> {
        kind = other.kind();
        body = other.details();
      }
    }
    return new @Nullable Object[] {
      roomId.toString(),
      entry.seq(),
      kind,
      entry.personId().toString(),
      entry.name(),
      entry.displayName().equals(entry.name()) ? null : entry.displayName(),
      entry.sentAt().toEpochMilli(),
      clientMessageId,
      eventId,
      body,
      targetSeq,
      replyTo
    };
  }

  Entry read(ResultSet row, int number) throws SQLException {
    return read(row, "");
  }

  /// A row of [#SELECT_CURRENT].
  CurrentEntry readCurrent(ResultSet row, int number) throws SQLException {
    String own = row.getString("own_reactions");
    Set<String> mine = own == null ? Set.of() : Set.of(own.split(" "));
    List<CurrentEntry.Reaction> reactions = new ArrayList<>();
    counts(row.getString("reactions"))
        .forEach((emoji, count) ->
            reactions.add(new CurrentEntry.Reaction(emoji, count, mine.contains(emoji))));
    return new CurrentEntry(
        read(row, "entry_"),
        readIfThere(row, "edit_"),
        readIfThere(row, "deletion_"),
        reactions,
        row.getInt("replies"),
        row.getLong("as_of"));
  }

  /// The column `reactions`: how many people reacted so, in the order of the first use.
  Map<String, Integer> counts(@Nullable String reactions) {
    return reactions == null ? Map.of() : json.readValue(reactions, COUNTS);
  }

  /// The value of the column `reactions`.
  @Nullable String reactions(Map<String, Integer> counts) {
    return counts.isEmpty() ? null : json.writeValueAsString(counts);
  }

  /// The content of an edit whose body this is.
  Entry.Edited edited(String body) {
    return json.readValue(body, Entry.Edited.class);
  }

  /// The emoji of a reaction whose body this is, put or taken back.
  String emoji(String body) {
    return json.readValue(body, Entry.Reacted.class).emoji();
  }

  /// A place in the log, if the column has one.
  static @Nullable Long place(ResultSet row, String column) throws SQLException {
    long seq = row.getLong(column);
    return row.wasNull() ? null : seq;
  }

  /// The `seq` of the message that an entry is about.
  long target(String body) {
    return json.readTree(body).get("targetSeq").longValue();
  }

  private @Nullable Entry readIfThere(ResultSet row, String prefix) throws SQLException {
    return row.getString(prefix + "kind") == null ? null : read(row, prefix);
  }

  private Entry read(ResultSet row, String prefix) throws SQLException {
    String name = row.getString(prefix + "person_name");
    String displayName = row.getString(prefix + "display_name");
    return new Entry(
        row.getLong(prefix + "seq"),
        PersonId.of(row.getString(prefix + "person_id")),
        name,
        displayName == null ? name : displayName,
        Instant.ofEpochMilli(row.getLong(prefix + "sent_at")),
        content(row, prefix));
  }

  private Entry.Content content(ResultSet row, String prefix) throws SQLException {
    String kind = row.getString(prefix + "kind");
    String body = row.getString(prefix + "body");
    return switch (kind) {
      case MESSAGE ->
          new Entry.Message(
              row.getString(prefix + "client_message_id"), body, place(row, prefix + "reply_to"));
      case JOINED -> new Entry.Joined();
      case LEFT -> new Entry.Left();
      case FILE -> new Entry.FileAdded(json.readValue(body, FileReference.class));
      case SITE -> new Entry.SiteChanged(json.readValue(body, SiteReference.class));
      case EDITED -> edited(body);
      case DELETED -> json.readValue(body, Entry.Deleted.class);
      case REACTED -> json.readValue(body, Entry.Reacted.class);
      case UNREACTED -> json.readValue(body, Entry.Unreacted.class);
      default -> new Entry.Other(kind, body);
    };
  }

  /// It is one statement, so all of it is of one moment. The condition is given twice: PostgreSQL
  /// does not see that it holds for both tables.
  private static String selectCurrent(String places) {
    return "SELECT "
        + columns("entry")
        + ", "
        + columns("edit")
        + ", "
        + columns("deletion")
        + """
        , changed.replies, changed.reactions,
          CASE WHEN changed.reactions IS NOT NULL THEN (
            SELECT string_agg(mine.emoji, ' ') FROM reaction AS mine
            WHERE mine.room_id = changed.room_id AND mine.seq = changed.seq
              AND mine.person_id = :viewer
          ) END AS own_reactions,
          (SELECT last_seq FROM room WHERE room_id = :room) AS as_of
        FROM entry
        LEFT JOIN message_now AS changed
          ON changed.room_id = entry.room_id AND changed.seq = entry.seq
          AND changed.seq %1$s
        LEFT JOIN entry AS edit
          ON edit.room_id = changed.room_id AND edit.seq = changed.edited_seq
        LEFT JOIN entry AS deletion
          ON deletion.room_id = changed.room_id AND deletion.seq = changed.deleted_seq
        WHERE entry.room_id = :room AND entry.seq %1$s
          AND entry.target_seq IS NULL
        """
            .formatted(places);
  }

  private static String columns(String table) {
    return COLUMNS.stream()
        .map(column -> table + "." + column + " AS " + table + "_" + column)
        .collect(Collectors.joining(", "));
  }
}
