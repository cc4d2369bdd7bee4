package io.tercet.chat.room.sql;

import io.tercet.chat.room.sql.MessageChanges.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Leaves nothing of the messages that one transaction of the log deletes: no text, neither the
/// first one nor those of edits, nobody whom they mention, and no files.
///
/// Confined to the thread and the transaction that made it.
final class DeletedContents {

  private final JdbcClient client;
  private final Set<Place> deleted = new LinkedHashSet<>();

  DeletedContents(JdbcClient client) {
    this.client = client;
  }

  void add(Place place) {
    deleted.add(place);
  }

  /// Blanks the entries, which are there. The body of an edit is what [EntryRowMapper] writes for
  /// an empty text. SQLite finds the edits by the index `entry_edit` only where the index has all
  /// that the query reads: hence the query inside. Its `|| ''` is for the
  /// reason of [EntryRowMapper].
  void write() {
    if (deleted.isEmpty()) {
      return;
    }
    List<Object[]> keys = deleted.stream().map(Place::key).toList();
    client
        .sql(
            """
            UPDATE entry SET body = '', deleted = 1, mentions = NULL, files = NULL
            FROM (VALUES :deleted) AS deleted
            WHERE room_id = deleted.column1 AND seq = deleted.column2
            """)
        .param("deleted", keys)
        .update();
    client
        .sql(
            """
            UPDATE entry SET body = '{"targetSeq":' || target_seq || ',"text":""}', mentions = NULL
            WHERE kind = 'edited' AND (room_id, seq) IN (
              SELECT change.room_id || '', change.seq
              FROM (VALUES :deleted) AS deleted CROSS JOIN entry AS change
              WHERE change.room_id = deleted.column1 AND change.target_seq = deleted.column2
                AND change.kind = 'edited')
            """)
        .param("deleted", keys)
        .update();
  }
}
