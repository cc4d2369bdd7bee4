package io.tercet.chat.room.sql;

import io.tercet.chat.log.LogCommand;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.room.MessageRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;

/// How many messages of a room are pinned, during one transaction of the log.
///
/// Confined to the thread and the transaction that made it.
final class Pins {

  private final JdbcClient client;
  private final Map<RoomId, Integer> counts = new HashMap<>();

  Pins(JdbcClient client) {
    this.client = client;
  }

  /// Counts the pins of the rooms in which these commands pin something.
  void read(List<LogCommand> commands) {
    Set<String> rooms = new TreeSet<>();
    for (LogCommand command : commands) {
      if (command instanceof LogCommand.Pin pin) {
        rooms.add(pin.roomId().toString());
      }
    }
    if (rooms.isEmpty()) {
      return;
    }
    client
        .sql(
            """
            SELECT room_id, COUNT(*) AS pins FROM message_now
            WHERE room_id IN (:rooms) AND pinned_seq IS NOT NULL GROUP BY room_id
            """)
        .param("rooms", rooms)
        .query(row -> {
          counts.put(RoomId.of(row.getString("room_id")), row.getInt("pins"));
        });
  }

  boolean isFull(RoomId roomId) {
    return counts.getOrDefault(roomId, 0) >= MessageRules.PINS_MAX;
  }

  void add(RoomId roomId) {
    counts.merge(roomId, 1, Integer::sum);
  }

  void remove(RoomId roomId) {
    counts.merge(roomId, -1, Integer::sum);
  }
}
