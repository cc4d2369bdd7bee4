package io.tercet.chat.room.sql;

import io.tercet.chat.log.CurrentEntry;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.sql.message.FilesJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
          "reply_to",
          "files");

  static final String SELECT = "SELECT " + String.join(", ", COLUMNS) + " FROM entry ";

  /// What a row has of an entry as it is now for a viewer. It is one statement, so all of it is of
  /// one moment.
  private static final String CURRENT =
      "SELECT "
          + columns("entry")
          + ", "
          + columns("edit")
          + ", "
          + columns("deletion")
          + ", "
          + columns("pin")
          + """
          , changed.replies, changed.reactions,
            CASE WHEN changed.reactions IS NOT NULL THEN (
              SELECT string_agg(mine.emoji, ' ') FROM reaction AS mine
              WHERE mine.room_id = changed.room_id AND mine.seq = changed.seq
                AND mine.person_id = :viewer
            ) END AS own_reactions,
            (SELECT last_seq FROM room WHERE room_id = :room) AS as_of
          """;

  private static final String CHANGES =
      """
      LEFT JOIN entry AS edit
        ON edit.room_id = changed.room_id AND edit.seq = changed.edited_seq
      LEFT JOIN entry AS deletion
        ON deletion.room_id = changed.room_id AND deletion.seq = changed.deleted_seq
      LEFT JOIN entry AS pin
        ON pin.room_id = changed.room_id AND pin.seq = changed.pinned_seq
      """;

  /// The entries of a room from one place to another as they are now for a viewer, without those
  /// that concern an earlier one, but with those that pin.
  static final String SELECT_CURRENT =
      selectCurrent("BETWEEN :from AND :to") + " ORDER BY entry.seq";

  /// The same for some places.
  static final String SELECT_CURRENT_AT = selectCurrent("IN (:seqs)") + " ORDER BY entry.seq";

  /// The messages that answer one and are not deleted: the index `entry_answer` has them. Whatever
  /// SQLite believes about the rows, only that index has both columns in this order.
  static final String SELECT_REPLIES =
      selectCurrent("> :after")
          + """
            AND (entry.reply_to, entry.seq) > (:origin, :after) AND entry.reply_to <= :origin
            AND entry.deleted = 0
          ORDER BY entry.reply_to, entry.seq LIMIT :limit
          """;

  /// The pinned messages of a room as they are now for a viewer, the newest pin first.
  static final String SELECT_PINNED =
      CURRENT
          + """
          FROM message_now AS changed
          JOIN entry ON entry.room_id = changed.room_id AND entry.seq = changed.seq
          """
          + CHANGES
          + """
          WHERE changed.room_id = :room AND changed.pinned_seq IS NOT NULL
          ORDER BY changed.pinned_seq DESC LIMIT :limit
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
  private static final String PINNED = "pinned";
  private static final String UNPINNED = "unpinned";

  private static final TypeReference<LinkedHashMap<String, Integer>> COUNTS =
      new TypeReference<>() {};

  /// Rows in one statement. Each has 13 parameters; both databases allow more.
  private static final int ROWS_MAX = 1_000;

  private static final String INSERT =
      "INSERT INTO entry (room_id, seq, kind, person_id, person_name, display_name, sent_at,"
          + " client_message_id, event_id, body, target_seq, reply_to, files) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final JsonMapper json;
  private final FilesJson files;

  EntryRowMapper(JsonMapper json) {
    this.json = json;
    this.files = new FilesJson(json);
  }

  /// The column `files`.
  FilesJson files() {
    return files;
  }

  /// Inserts rows of [#values] with one statement for many: that saves a parse for each row on
  /// SQLite and a round trip for each row on PostgreSQL.
  static void insert(JdbcClient client, List<@Nullable Object[]> rows) {
    for (int from = 0; from < rows.size(); from += ROWS_MAX) {
      List<@Nullable Object[]> some = rows.subList(from, Math.min(from + ROWS_MAX, rows.size()));
      List<@Nullable Object> values = new ArrayList<>(some.size() * 13);
      for (@Nullable Object[] row : some) {
        values.addAll(Arrays.asList(row));
      }
      client
          .sql(INSERT + String.join(", ", Collections.nCopies(some.size(), ROW)))
          .params(values)
          .update();
    }
  }

  /// The values of one row.
  @Nullable Object[] values(RoomId roomId, Entry entry, @Nullable String eventId) {
    return new @Nullable Object[] {
      roomId.toString(),
      entry.seq(),
      kind(entry.content()),
      entry.personId().toString(),
      entry.name(),
      entry.displayName().equals(entry.name()) ? null : entry.displayName(),
      entry.sentAt().toEpochMilli(),
      entry.content() instanceof Entry.Message message ? message.clientMessageId() : null,
      eventId,
      body(entry.content()),
      targetSeq(entry.content()),
      entry.content() instanceof Entry.Message message ? message.replyTo() : null,
      entry.content() instanceof Entry.Message message ? files.writeAll(message.files()) : null
    };
  }

  private static String kind(Entry.Content content) {
    return switch (content) {
      case Entry.Message _ -> MESSAGE;
      case Entry.Joined _ -> JOINED;
      case Entry.Left _ -> LEFT;
      case Entry.FileAdded _ -> FILE;
      case Entry.SiteChanged _ -> SITE;
      case Entry.Edited _ -> EDITED;
      case Entry.Deleted _ -> DELETED;
      case Entry.Reacted _ -> REACTED;
      case Entry.Unreacted _ -> UNREACTED;
      case Entry.Pinned _ -> PINNED;
      case Entry.Unpinned _ -> UNPINNED;
      case Entry.Other other -> other.kind();
    };
  }

  private @Nullable String body(Entry.Content content) {
    return switch (content) {
      case Entry.Message message -> message.text();
      case Entry.Joined _, Entry.Left _ -> null;
      case Entry.FileAdded(FileReference file) -> json.writeValueAsString(file);
      case Entry.SiteChanged(SiteReference site) -> json.writeValueAsString(site);
      case Entry.Edited _, Entry.Deleted _, Entry.Reacted _, Entry.Unreacted _ ->
          json.writeValueAsString(content);
      case Entry.Pinned _, Entry.Unpinned _ -> json.writeValueAsString(content);
      case Entry.Other other -> other.details();
    };
  }

  private static @Nullable Long targetSeq(Entry.Content content) {
    return switch (content) {
      case Entry.Edited edited -> edited.targetSeq();
      case Entry.Deleted deleted -> deleted.targetSeq();
      case Entry.Reacted reacted -> reacted.targetSeq();
      case Entry.Unreacted unreacted -> unreacted.targetSeq();
      case Entry.Pinned pinned -> pinned.targetSeq();
      case Entry.Unpinned unpinned -> unpinned.targetSeq();
      default -> null;
    };
  }

  Entry read(ResultSet row, int number) throws SQLException {
    return read(row, "");
  }

  /// A row of [#SELECT_CURRENT] or [#SELECT_PINNED].
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
        readIfThere(row, "pin_"),
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
              row.getString(prefix + "client_message_id"),
              body,
              place(row, prefix + "reply_to"),
              files.readAll(row.getString(prefix + "files")));
      case JOINED -> new Entry.Joined();
      case LEFT -> new Entry.Left();
      case FILE -> new Entry.FileAdded(json.readValue(body, FileReference.class));
      case SITE -> new Entry.SiteChanged(json.readValue(body, SiteReference.class));
      case EDITED -> edited(body);
      case DELETED -> json.readValue(body, Entry.Deleted.class);
      case REACTED -> json.readValue(body, Entry.Reacted.class);
      case UNREACTED -> json.readValue(body, Entry.Unreacted.class);
      case PINNED -> json.readValue(body, Entry.Pinned.class);
      case UNPINNED -> json.readValue(body, Entry.Unpinned.class);
      default -> new Entry.Other(kind, body);
    };
  }

  /// The condition is given twice: PostgreSQL does not see that it holds for both tables.
  private static String selectCurrent(String places) {
    return CURRENT
        + """
        FROM entry
        LEFT JOIN message_now AS changed
          ON changed.room_id = entry.room_id AND changed.seq = entry.seq
          AND changed.seq %1$s
        """
            .formatted(places)
        + CHANGES
        + """
        WHERE entry.room_id = :room AND entry.seq %1$s
          AND (entry.target_seq IS NULL OR entry.kind = 'pinned')
        """
            .formatted(places);
  }

  private static String columns(String table) {
    return COLUMNS.stream()
        .map(column -> table + "." + column + " AS " + table + "_" + column)
        .collect(Collectors.joining(", "));
  }
}
