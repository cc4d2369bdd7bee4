package io.tercet.chat.room.sql;

import io.tercet.chat.log.RoomId;
import io.tercet.chat.room.sql.MessageChanges.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How many replies come and go during one transaction of the log, by the message that they answer.
///
/// The counts change by that: who deletes a reply has not read what it answers.
///
/// Confined to the thread and the transaction that made it.
final class ReplyCounts {

  private final JdbcClient client;
  private final Map<Place, Integer> changes = new LinkedHashMap<>();

  ReplyCounts(JdbcClient client) {
    this.client = client;
  }

  /// So many replies more to a message, if there is one.
  void add(RoomId roomId, @Nullable Long origin, int more) {
    if (origin != null) {
      changes.merge(new Place(roomId, origin), more, Integer::sum);
    }
  }

  void write() {
    List<Object[]> values = new ArrayList<>(changes.size());
    changes.forEach((place, more) ->
        values.add(new Object[] {place.roomId().toString(), place.seq(), 0, more}));
    if (!values.isEmpty()) {
      client
          .sql(
              """
              INSERT INTO message_now (room_id, seq, edits, replies) VALUES :values
              ON CONFLICT (room_id, seq) DO UPDATE
                SET replies = message_now.replies + excluded.replies
              """)
          .param("values", values)
          .update();
    }
  }
}
