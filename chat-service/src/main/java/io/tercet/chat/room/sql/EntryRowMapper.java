package io.tercet.chat.room.sql;

import io.tercet.chat.log.Entry;
import io.tercet.chat.log.FileReference;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.log.SiteReference;
import io.tercet.chat.people.PersonId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Maps an entry to a row of the table `entry` and back. Immutable.
final class EntryRowMapper {

  static final String SELECT =
      "SELECT seq, kind, person_id, person_name, display_name, sent_at, client_message_id, body"
          + " FROM entry ";

  private static final String MESSAGE = "message";
  private static final String JOINED = "joined";
  private static final String LEFT = "left";
  private static final String FILE = "file";
  private static final String SITE = "site";

  private final JsonMapper json;

  EntryRowMapper(JsonMapper json) {
    this.json = json;
  }

  /// The values of one row, in the order of the columns in [JdbcLogStore].
  @Nullable Object[] values(RoomId roomId, Entry entry, @Nullable String eventId) {
    String kind;
    String clientMessageId = null;
    String body = null;
    switch (entry.content()) {
      case Entry.Message message -> {
        kind = MESSAGE;
        clientMessageId = message.clientMessageId();
        body = message.text();
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
      body
    };
  }

  Entry read(ResultSet row, int number) throws SQLException {
    String name = row.getString("person_name");
    String displayName = row.getString("display_name");
    return new Entry(
        row.getLong("seq"),
        PersonId.of(row.getString("person_id")),
        name,
        displayName == null ? name : displayName,
        Instant.ofEpochMilli(row.getLong("sent_at")),
        content(row));
  }

  private Entry.Content content(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return switch (kind) {
      case MESSAGE -> new Entry.Message(row.getString("client_message_id"), row.getString("body"));
      case JOINED -> new Entry.Joined();
      case LEFT -> new Entry.Left();
      case FILE -> new Entry.FileAdded(json.readValue(row.getString("body"), FileReference.class));
      case SITE ->
          new Entry.SiteChanged(json.readValue(row.getString("body"), SiteReference.class));
      default -> new Entry.Other(kind, row.getString("body"));
    };
  }
}
