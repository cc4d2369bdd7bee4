package io.tercet.chat.room.sql;

import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.PersonId;
import io.tercet.chat.room.sql.MessageChanges.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who reacted how to which message, during one transaction of the log: the table `reaction`.
///
/// It reads what a batch names before the first command, remembers what the batch changes, and
/// writes all of it at the end, with as many statements for one reaction as for many.
///
/// Confined to the thread and the transaction that made it.
final class Reactions {

  /// One person has one reaction of an emoji to a message.
  record Reaction(Place message, PersonId personId, String emoji) {

    private Object[] key() {
      return new Object[] {message.roomId().toString(), message.seq(), personId.toString(), emoji};
    }

    private Object[] row(long reactedSeq) {
      return new Object[] {
        message.roomId().toString(), message.seq(), personId.toString(), emoji, reactedSeq
      };
    }
  }

  /// Rows in one statement. Each has five parameters; both databases allow far more.
  private static final int ROWS_MAX = 1_000;

  private final JdbcClient client;
  private final Map<Reaction, Long> before = new HashMap<>();
  private final Map<Reaction, Long> now = new LinkedHashMap<>();
  private final Set<Place> ended = new LinkedHashSet<>();

  Reactions(JdbcClient client) {
    this.client = client;
  }

  /// Reads which of the reactions that these commands name are there. Each is one step into the
  /// index: see [LogTransaction].
  void read(List<LogCommand> commands) {
    Set<Reaction> asked = new LinkedHashSet<>();
    for (LogCommand command : commands) {
      switch (command) {
        case LogCommand.React(var roomId, var person, long seq, var emoji) ->
            asked.add(new Reaction(new Place(roomId, seq), person.personId(), emoji));
        case LogCommand.Unreact(var roomId, var person, long seq, var emoji) ->
            asked.add(new Reaction(new Place(roomId, seq), person.personId(), emoji));
        default -> {}
      }
    }
    if (asked.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            SELECT room_id, seq, person_id, emoji, reacted_seq
            FROM (VALUES :asked) AS asked CROSS JOIN reaction
            WHERE room_id = asked.column1 AND seq = asked.column2
              AND person_id = asked.column3 AND emoji = asked.column4
            """)
        .param("asked", asked.stream().map(Reaction::key).toList())
        .query(row -> {
          Place place = new Place(RoomId.of(row.getString("room_id")), row.getLong("seq"));
          PersonId person = PersonId.of(row.getString("person_id"));
          before.put(
              new Reaction(place, person, row.getString("emoji")), row.getLong("reacted_seq"));
        });
    now.putAll(before);
  }

  boolean contains(Reaction reaction) {
    return now.containsKey(reaction);
  }

  /// `reactedSeq`: the entry that says so.
  void add(Reaction reaction, long reactedSeq) {
    now.put(reaction, reactedSeq);
  }

  void remove(Reaction reaction) {
    now.remove(reaction);
  }

  /// Ends all reactions to a message, of which there will be no more.
  void end(Place message) {
    ended.add(message);
    now.keySet().removeIf(reaction -> reaction.message().equals(message));
  }

  /// Writes what changed.
  void write() {
    List<Object[]> gone = new ArrayList<>();
    before.forEach((reaction, seq) -> {
      if (!seq.equals(now.get(reaction)) && !ended.contains(reaction.message())) {
        gone.add(reaction.key());
      }
    });
    List<Object[]> added = new ArrayList<>();
    now.forEach((reaction, seq) -> {
      if (!seq.equals(before.get(reaction))) {
        added.add(reaction.row(seq));
      }
    });
    if (!gone.isEmpty()) {
      client
          .sql("DELETE FROM reaction WHERE (room_id, seq, person_id, emoji) IN (VALUES :gone)")
          .param("gone", gone)
          .update();
    }
    if (!ended.isEmpty()) {
      client
          .sql("DELETE FROM reaction WHERE (room_id, seq) IN (VALUES :ended)")
          .param("ended", ended.stream().map(Place::key).toList())
          .update();
    }
    insert(added);
  }

  private void insert(List<Object[]> rows) {
    for (int from = 0; from < rows.size(); from += ROWS_MAX) {
      client
          .sql("INSERT INTO reaction (room_id, seq, person_id, emoji, reacted_seq) VALUES :rows")
          .param("rows", rows.subList(from, Math.min(from + ROWS_MAX, rows.size())))
          .update();
    }
  }

  /// One person more who reacted to a message so; a first one comes last in the order.
  static void count(Map<String, Integer> counts, String emoji) {
    counts.merge(emoji, 1, Integer::sum);
  }

  /// One person less.
  static void uncount(Map<String, Integer> counts, String emoji) {
    counts.computeIfPresent(emoji, (_, count) -> count == 1 ? null : count - 1);
  }
}
