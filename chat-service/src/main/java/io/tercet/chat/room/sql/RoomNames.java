package io.tercet.chat.room.sql;

import io.tercet.chat.log.CommandResult;
import io.tercet.chat.log.RoomId;
import io.tercet.chat.people.Name;
import io.tercet.chat.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the names of public rooms look like: the table `room_skeleton`. Each skeleton belongs to
/// one room.
final class RoomNames {

  static final CommandResult NAME_TAKEN =
      new CommandResult.Rejected(ProblemType.ROOM_NAME_TAKEN, "Choose another name.");

  private RoomNames() {}

  /// Gives a room that comes the skeletons of its name; the refusal if another room has one.
  ///
  /// The unique skeletons decide between two rooms that come at once, also on two replicas: the
  /// second insert waits for the first one's commit and then does nothing.
  static @Nullable CommandResult claim(JdbcClient client, RoomId roomId, Name name) {
    for (String skeleton : name.skeletons()) {
      if (!insert(client, roomId.toString(), skeleton)) {
        CommandResult refusal = refusal(client, name, skeleton);
        release(client, roomId, name);
        return refusal;
      }
    }
    return null;
  }

  /// Takes the skeletons back from a room that does not come after all.
  static void release(JdbcClient client, RoomId roomId, Name name) {
    client
        .sql("DELETE FROM room_skeleton WHERE skeleton IN (:skeletons) AND room_id = :room")
        .param("skeletons", name.skeletons())
        .param("room", roomId.toString())
        .update();
  }

  private static CommandResult refusal(JdbcClient client, Name name, String skeleton) {
    return client
        .sql(
            """
            SELECT name, name_key FROM room_skeleton
            JOIN room ON room.room_id = room_skeleton.room_id WHERE skeleton = ?
            """)
        .param(skeleton)
        .<CommandResult>query((row, number) ->
            name.key().equals(row.getString("name_key"))
                ? NAME_TAKEN
                : new CommandResult.Resembles(row.getString("name")))
        .single();
  }

  /// Gives at most `limit` public rooms that are older than the table of skeletons their key and
  /// their skeletons, the oldest room first. The number of rooms.
  static int adopt(JdbcClient client, int limit) {
    List<OldRoom> oldest =
        client
            .sql(
                """
                SELECT room.room_id, name, name_key, room_to_adopt.created_at
                FROM room_to_adopt JOIN room ON room.room_id = room_to_adopt.room_id
                ORDER BY room_to_adopt.created_at, room_to_adopt.room_id LIMIT ?
                """)
            .param(limit)
            .query((row, number) ->
                new OldRoom(
                    row.getString("room_id"),
                    Name.fromBefore(row.getString("name")),
                    row.getString("name_key"),
                    row.getLong("created_at")))
            .list();
    for (OldRoom old : oldest) {
      if (old.key() != null) {
        changeKey(client, old.roomId(), old.name(), old.key());
        old.name().skeletons().forEach(skeleton -> insert(client, old.roomId(), skeleton));
      }
    }
    if (!oldest.isEmpty()) {
      client
          .sql("DELETE FROM room_to_adopt WHERE (created_at, room_id) <= (?, ?)")
          .params(oldest.getLast().createdAt(), oldest.getLast().roomId())
          .update();
    }
    return oldest.size();
  }

  private record OldRoom(String roomId, Name name, @Nullable String key, long createdAt) {}

  /// A room whose new key belongs to another room keeps the old one.
  private static void changeKey(JdbcClient client, String roomId, Name name, String oldKey) {
    if (!oldKey.equals(name.key())
        && !name.key().isEmpty()
        && client
            .sql("SELECT 1 FROM room WHERE name_key = ?")
            .param(name.key())
            .query(Integer.class)
            .optional()
            .isEmpty()) {
      client
          .sql("UPDATE room SET name_key = ? WHERE room_id = ?")
          .params(name.key(), roomId)
          .update();
    }
  }

  private static boolean insert(JdbcClient client, String roomId, String skeleton) {
    return client
            .sql(
                """
                INSERT INTO room_skeleton (skeleton, room_id) VALUES (?, ?)
                ON CONFLICT (skeleton) DO NOTHING
                """)
            .params(skeleton, roomId)
            .update()
        == 1;
  }
}
