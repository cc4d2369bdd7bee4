package io.tercet.chat.room.sql;

import io.tercet.chat.database.Database;
import io.tercet.chat.log.Entry;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.MessageRebuild;
import io.tercet.chat.room.sql.MessageChanges.Place;
import io.tercet.chat.room.sql.Reactions.Reaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Works out the tables `message_now`, `reaction` and `mention` from the table `entry`, and the
/// column `target_seq` of entries that were written without it.
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
                    AND kind IN
                      ('edited', 'deleted', 'reacted', 'unreacted', 'pinned', 'unpinned')
                  """)
              .params(log.roomId(), from, to)
              .query((row, number) ->
                  new Object[] {row.getLong("seq"), rows.target(row.getString("body"))})
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
      client
          .sql(
              """
              UPDATE entry SET deleted = 1 WHERE room_id = ? AND seq BETWEEN ? AND ?
                AND kind = 'message' AND body = '' AND deleted = 0
              """)
          .params(log.roomId(), from, to)
          .update();
      insertMessages(client, log, from, to);
      countReplies(client, log, from, to);
      client
          .sql("DELETE FROM reaction WHERE room_id = ? AND seq BETWEEN ? AND ?")
          .params(log.roomId(), from, to)
          .update();
      client
          .sql("DELETE FROM mention WHERE room_id = ? AND seq BETWEEN ? AND ?")
          .params(log.roomId(), from, to)
          .update();
      insertMentions(client, log, from, to);
      return insertReactions(client, log, from, to);
    });
  }

  private static void insertMessages(JdbcClient client, Log log, long from, long to) {
    client
        .sql(
            """
            INSERT INTO message_now (room_id, seq, edits, edited_seq, deleted_seq, pinned_seq)
            SELECT room_id, target_seq, COUNT(CASE WHEN kind = 'edited' THEN 1 END),
              MAX(CASE WHEN kind = 'edited' THEN seq END),
              MIN(CASE WHEN kind = 'deleted' THEN seq END),
              CASE WHEN MAX(CASE WHEN kind = 'pinned' THEN seq END)
                > COALESCE(MAX(CASE WHEN kind IN ('unpinned', 'deleted') THEN seq END), 0)
                THEN MAX(CASE WHEN kind = 'pinned' THEN seq END) END
            FROM entry WHERE room_id = ? AND target_seq BETWEEN ? AND ?
            GROUP BY room_id, target_seq
            """)
        .params(log.roomId(), from, to)
        .update();
  }

  /// Finds the replies by the index `entry_reply`, which is without deleted ones.
  private static void countReplies(JdbcClient client, Log log, long from, long to) {
    client
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

  /// Those of the newest text, which `message_now` names by now.
  private void insertMentions(JdbcClient client, Log log, long from, long to) {
    List<Object[]> mentions = new ArrayList<>();
    client
        .sql(
            """
            SELECT entry.seq, entry.person_id,
              CASE WHEN edit.seq IS NULL THEN entry.mentions ELSE edit.mentions END AS mentions
            FROM entry
            LEFT JOIN message_now AS changed
              ON changed.room_id = entry.room_id AND changed.seq = entry.seq
            LEFT JOIN entry AS edit
              ON edit.room_id = changed.room_id AND edit.seq = changed.edited_seq
            WHERE entry.room_id = ? AND entry.seq BETWEEN ? AND ? AND entry.kind = 'message'
              AND entry.deleted = 0 AND (entry.mentions IS NOT NULL OR edit.mentions IS NOT NULL)
            """)
        .params(log.roomId(), from, to)
        .query(row -> {
          Place place = new Place(RoomId.of(log.roomId()), row.getLong("seq"));
          Entry.Mentions now = rows.mentions(row.getString("mentions"));
          if (now != null) {
            PersonId author = PersonId.of(row.getString("person_id"));
            mentions.addAll(Mentions.rows(place, author, now));
          }
        });
    Mentions.insert(client, mentions);
  }

  /// It reads every reaction of the log to these messages, and keeps those that are there now.
  private int insertReactions(JdbcClient client, Log log, long from, long to) {
    Reactions reactions = new Reactions(client);
    Map<Place, Map<String, Integer>> counts = new LinkedHashMap<>();
    client
        .sql(
            """
            SELECT seq, kind, person_id, target_seq, body FROM entry
            WHERE room_id = ? AND target_seq BETWEEN ? AND ?
              AND kind IN ('reacted', 'unreacted', 'deleted')
            ORDER BY seq
            """)
        .params(log.roomId(), from, to)
        .query(row -> {
          Place place = new Place(RoomId.of(log.roomId()), row.getLong("target_seq"));
          if (row.getString("kind").equals("deleted")) {
            reactions.end(place);
            counts.remove(place);
            return;
          }
          PersonId person = PersonId.of(row.getString("person_id"));
          Reaction reaction = new Reaction(place, person, rows.emoji(row.getString("body")));
          Map<String, Integer> ofMessage =
              counts.computeIfAbsent(place, _ -> new LinkedHashMap<>());
          if (row.getString("kind").equals("reacted")) {
            reactions.add(reaction, row.getLong("seq"));
            Reactions.count(ofMessage, reaction.emoji());
          } else {
            reactions.remove(reaction);
            Reactions.uncount(ofMessage, reaction.emoji());
          }
        });
    reactions.write();
    List<@Nullable Object[]> counted = new ArrayList<>(counts.size());
    counts.forEach((place, ofMessage) ->
        counted.add(new @Nullable Object[] {place.seq(), rows.reactions(ofMessage)}));
    return counted.isEmpty()
        ? 0
        : client
            .sql(
                """
                UPDATE message_now SET reactions = counted.column2
                FROM (VALUES :counted) AS counted
                WHERE room_id = :room AND seq = counted.column1
                """)
            .param("counted", counted)
            .param("room", log.roomId())
            .update();
  }
}
