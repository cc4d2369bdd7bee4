package io.tercet.chat.room.sql.message;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What is left of deleted messages in the table `entry`: that they are there, and who wrote them.
public final class DeletedMessages {

  private DeletedMessages() {}

  /// Leaves neither a text of these messages, the first one or one of an edit, nor their files.
  /// Each has the id of its room and its `seq`; there is at least one.
  ///
  /// The body of an edit is what the log writes for an empty text. SQLite finds the edits by the
  /// index `entry_edit` only where the index has all that the query reads: hence the query inside.
  public static void blank(JdbcClient client, List<Object[]> messages) {
    client
        .sql(
            """
            UPDATE entry SET body = '', files = NULL, deleted = 1
            FROM (VALUES :deleted) AS deleted
            WHERE room_id = deleted.column1 AND seq = deleted.column2
            """)
        .param("deleted", messages)
        .update();
    client
        .sql(
            """
            UPDATE entry SET body = '{"targetSeq":' || target_seq || ',"text":""}'
            WHERE kind = 'edited' AND (room_id, seq) IN (
              SELECT change.room_id, change.seq
              FROM (VALUES :deleted) AS deleted CROSS JOIN entry AS change
              WHERE change.room_id = deleted.column1 AND change.target_seq = deleted.column2
                AND change.kind = 'edited')
            """)
        .param("deleted", messages)
        .update();
  }
}
