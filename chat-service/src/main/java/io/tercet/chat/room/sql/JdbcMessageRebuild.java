package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.room.MessageRebuild;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Works out the table `message_now` from the table `entry`, and the column `target_seq` of entries
/// that were written without it.
@Repository
class JdbcMessageRebuild implements MessageRebuild.Store {

  private static final int ROOMS_AT_ONCE = 1_000;

  private final Database database;
  private final EntryRowMapper rows;

  private record Log(String roomId, long lastSeq) {}

  JdbcMessageRebuild(Database database, JsonMapper json) {
    this.database = database;
    this.rows = new EntryRowMapper(json);
  }

  @Override
  public long rebuild(int placesAtOnce) {
    long places = 0;
    List<Log> logs = logsAfter("");
    while (!logs.isEmpty()) {
      for (Log log : logs) {
        // An edit stands behind its message: first all of them must name it.
        for (long from = 1; from <= log.lastSeq(); from += placesAtOnce) {
          nameTargets(log, from, from + placesAtOnce - 1);
        }
        for (long from = 1; from <= log.lastSeq(); from += placesAtOnce) {
          rebuildMessages(log, from, from + placesAtOnce - 1);
        }
        places += log.lastSeq();
      }
      logs = logsAfter(logs.getLast().roomId());
    }
    return places;
  }

  private List<Log> logsAfter(String roomId) {
    return database.read(client ->
        client
            .sql("SELECT room_id, last_seq FROM room WHERE room_id > ? ORDER BY room_id LIMIT ?")
            .params(roomId, ROOMS_AT_ONCE)
            .query((row, number) -> new Log(row.getString("room_id"), row.getLong("last_seq")))
            .list());
  }

  private void nameTargets(Log log, long from, long to) {
    database.write(client -> {
      List<Object[]> targets =
          client
              .sql(
                  """
                  SELECT seq, kind, body FROM entry
                  WHERE room_id = ? AND seq BETWEEN ? AND ? AND target_seq IS NULL
                    AND kind IN ('edited', 'deleted')
                  """)
              .params(log.roomId(), from, to)
              .query((row, number) ->
                  new Object[] {
                    row.getLong("seq"), rows.target(row.getString("kind"), row.getString("body"))
                  })
              .list();
      return targets.isEmpty()
          ? 0
          : client
              .sql(
                  """
                  UPDATE entry SET target_seq = named.column2
                  FROM (VALUES :targets) AS named
                  WHERE room_id = :room AND seq = named.column1
                  """)
              .param("targets", targets)
              .param("room", log.roomId())
              .update();
    });
  }

  /// The lock of the room, as [LogTransaction] takes it, keeps others from writing between the
  /// statements.
  private void rebuildMessages(Log log, long from, long to) {
    database.write(client -> {
      client
          .sql("SELECT last_seq FROM room WHERE room_id = ?" + database.rowLock())
          .param(log.roomId())
          .query(Long.class)
          .single();
      client
          .sql("DELETE FROM message_now WHERE room_id = ? AND seq BETWEEN ? AND ?")
          .params(log.roomId(), from, to)
          .update();
      return insertMessages(client, log, from, to) + countReplies(client, log, from, to);
    });
  }

  private static int insertMessages(JdbcClient client, Log log, long from, long to) {
    return client
        .sql(
            """
            INSERT INTO message_now (room_id, seq, edits, edited_seq, deleted_seq)
            SELECT room_id, target_seq, COUNT(CASE WHEN kind = 'edited' THEN 1 END),
              MAX(CASE WHEN kind = 'edited' THEN seq END),
              MIN(CASE WHEN kind = 'deleted' THEN seq END)
            FROM entry WHERE room_id = ? AND target_seq BETWEEN ? AND ?
              AND kind IN ('edited', 'deleted')
            GROUP BY room_id, target_seq
            """)
        .params(log.roomId(), from, to)
        .update();
  }

  /// Finds the replies by the index `entry_reply`, which is without deleted ones.
  private static int countReplies(JdbcClient client, Log log, long from, long to) {
    return client
        .sql(
            """
            INSERT INTO message_now (room_id, seq, edits, replies)
            SELECT room_id, reply_to, 0, COUNT(*) FROM entry
            WHERE room_id = ? AND reply_to BETWEEN ? AND ? AND body <> ''
            GROUP BY room_id, reply_to
            ON CONFLICT (room_id, seq) DO UPDATE SET replies = excluded.replies
            """)
        .params(log.roomId(), from, to)
        .update();
  }
}
