package io.tercet.chat.room.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Inserts entries with one statement for many rows: that saves a parse for each row on SQLite and
/// a round trip for each row on PostgreSQL.
final class EntryBatchInsert {

  /// Rows in one statement. Each has twelve parameters; both databases allow far more.
  private static final int ROWS_MAX = 1_000;

  private static final String INSERT =
      "INSERT INTO entry (room_id, seq, kind, person_id, person_name, display_name, sent_at,"
          + " client_message_id, event_id, body, target_seq, reply_to) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private EntryBatchInsert() {}

  static void write(JdbcClient client, List<@Nullable Object[]> rows) {
    for (int from = 0; from < rows.size(); from += ROWS_MAX) {
      List<@Nullable Object[]> some = rows.subList(from, Math.min(from + ROWS_MAX, rows.size()));
      List<@Nullable Object> values = new ArrayList<>(some.size() * 12);
      for (@Nullable Object[] row : some) {
        values.addAll(Arrays.asList(row));
      }
      client
          .sql(INSERT + String.join(", ", Collections.nCopies(some.size(), ROW)))
          .params(values)
          .update();
    }
  }
}
